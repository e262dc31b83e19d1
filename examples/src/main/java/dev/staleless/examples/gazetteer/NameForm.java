package dev.staleless.examples.gazetteer;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user fills in to say what a territory is called in a locale.
 *
 * @param version the version that was edited; null for a name that was not there
 */
record NameForm(String name, @Nullable Integer version) {

    private static final Set<String> FIELDS = Set.of("name", "version");

    static NameForm parse(String json) {
        var body = Body.parse(json, FIELDS);
        return new NameForm(body.text("name", 100), body.version());
    }
}
