package dev.staleless.core.protocol;

import dev.staleless.core.changelog.Partition;
import dev.staleless.core.coordination.Directory;
import dev.staleless.core.coordination.Reading;
import dev.staleless.core.partition.Partitions;
import dev.staleless.core.query.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that one query reads, chosen anew when the directory, or what of it is in force, is another one. Kept with the query,
 * so that asking it again costs no choosing. Safe for any thread: what is kept is replaced whole.
 */
final class ChosenPartitions {

    /** They depend on nothing but these two and the query. */
    private record Chosen(Directory directory, long inForce, List<Partition> partitions) {}

    private volatile @Nullable Chosen last;

    @SuppressWarnings(
            "ReferenceEquality") // a directory is made once for each text that was read: another one is another object
    List<Partition> of(Query query, Reading reading) {
        Chosen chosen = last;
        if (chosen == null || chosen.directory() != reading.directory() || chosen.inForce() != reading.inForce()) {
            List<Partition> partitions = List.copyOf(Partitions.forQuery(query, reading::inForce));
            chosen = new Chosen(reading.directory(), reading.inForce(), partitions);
            last = chosen;
        }
        return chosen.partitions();
    }
}
