package dev.staleless.core.protocol;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.coordination.Directory;
import dev.staleless.core.query.Query;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

final class Partitions {
  private Partitions() {}

  static Set<Partition> ofEvent(ChangeEvent event, Directory.@Nullable Entry entry) {
    return Set.of(Partition.table(event.table()), Partition.rest(event.table()));
  }

  static List<Partition> forQuery(Query query, Directory directory) {
    return query.template().tables().stream().map(Partition::table).toList();
  }
}
