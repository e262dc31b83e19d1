package dev.staleless.examples.gazetteer;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of the world: the world itself, a continent, or a region of a continent. */
@Entity
class Region {

    @Id
    private String code;

    private String name;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "parent_code")
    private @Nullable Region parent;

    @SuppressWarnings("NullAway.Init")
    protected Region() {}

    String code() {
        return code;
    }

    String name() {
        return name;
    }

    /** The names from the widest part of the world down to this one, without the world itself. */
    List<String> path() {
        var names = new ArrayDeque<String>();
        Region region = this;
        for (Region above = parent(); above != null; above = above.parent()) {
            names.addFirst(region.name());
            region = above;
        }
        return List.copyOf(names);
    }

    @Nullable
    Region parent() {
        return parent;
    }
}
