package dev.staleless.core.partition;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.Image;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.coordination.Directory;
import dev.staleless.core.coordination.Directory.PartitionColumn;
import dev.staleless.core.decision.Constants;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions of the changelog a change event is appended to, and which ones a query reads.
 *
 * <p>No event that affects a query is missed. Say an event affects it, through the occurrence {@code u} of its table. If the
 * query reads the table's own log for {@code u}, it sees every event. Otherwise it reads, for one partition column {@code c}
 * that {@code u} pins to the values {@code V}, the partitions of the hashes of {@code V} and the rest log of {@code c}.
 *
 * <ol>
 *   <li>A row that takes no part before the change and none after it affects nothing (rule 2 of the decision). So the changed
 *       row, before or after, takes part in {@code u}; let that be the side {@code s}. By the contract of {@link
 *       TableUse#pins()} the row then has in {@code c} a value equal to one of {@code V}, hence not NULL.
 *   <li>Equal values have the same canonical form and the same hash; a value for which that is not sure pins nothing.
 *   <li>The event's image of side {@code s} contains the row. What it says of {@code c} is a set of values that contains the
 *       row's. If it is one value or a few, the event is appended to the hashes of all of them, the row's among them. If not,
 *       it is appended to the rest log of {@code c}. Either is read. What it says of other columns does not matter: nobody who
 *       goes by {@code c} looks for it there.
 *   <li>Where an UPDATE does not change {@code c}, the row has the same value on both sides, so that what one image says of it
 *       holds for the other as well; and a change that is not of that kind has both images looked at on their own.
 * </ol>
 *
 * <p>Both sides go by the same entry of the directory. A reader does not use a column whose type it sees differently.
 */
public final class Partitions {

    /** More values than this in one image are as good as unknown, and more pinned values than this pin nothing. */
    public static final int MAX_VALUES = 8;

    /**
     * A column's values are spread over this many logs, so that the memory they take is bounded. Values that share one see each
     * other's events, which are decided like all others.
     */
    static final int VALUE_LOGS = 1 << 16;

    private Partitions() {}

    /**
     * The hash by which a value of a column names a partition: 0 to 65,535.
     *
     * @param value not NULL
     * @return empty if the value has no canonical form in this type
     */
    public static OptionalLong hash(ColumnType type, Object value) {
        OptionalLong hash = ValueHash.of(type, value);
        return hash.isPresent() ? OptionalLong.of(folded(hash.getAsLong())) : hash;
    }

    private static long folded(long hash) {
        return (hash ^ hash >>> 16 ^ hash >>> 32 ^ hash >>> 48) & (VALUE_LOGS - 1);
    }

    /** The partitions that a change event is appended to. */
    public static Set<Partition> ofEvent(ChangeEvent event, Directory.Entry entry) {
        List<Set<Partition>> columns = new ArrayList<>();
        int size = 0;
        for (PartitionColumn column : entry.partitionColumns()) {
            // a column whose values never have a canonical form is never pinned: nobody reads a partition because of it
            if (Values.hasCanonicalForm(column.type())) {
                Set<Partition> ofColumn = ofColumn(event, column);
                columns.add(ofColumn);
                size += ofColumn.size();
            }
        }
        Set<Partition> partitions = new LinkedHashSet<>();
        partitions.add(Partition.table(event.table()));
        for (Set<Partition> ofColumn : columns) {
            boolean tooMany = size > Mark.MAX_PARTITIONS && ofColumn.size() > 2;
            partitions.addAll(tooMany ? onlyRest(ofColumn) : ofColumn);
        }
        return partitions;
    }

    /** The partitions of a column's values, or its rest log and those of the values that are known. */
    private static Set<Partition> ofColumn(ChangeEvent event, PartitionColumn column) {
        Set<Partition> values = new LinkedHashSet<>();
        boolean all = addValues(event, event.before(), event.after(), column, values);
        all &= addValues(event, event.after(), event.before(), column, values);
        if (!all) {
            values.add(Partition.rest(event.table(), column.name()));
        }
        return values;
    }

    /** Whoever reads the partition of one of these values reads the column's rest log as well. */
    private static Set<Partition> onlyRest(Set<Partition> ofColumn) {
        Set<Partition> rest = new LinkedHashSet<>();
        for (Partition partition : ofColumn) {
            String column = partition.column();
            rest.add(column == null ? partition : Partition.rest(partition.table(), column));
        }
        return rest;
    }

    /**
     * The partitions that a query reads: for each occurrence of a table its own log, or the partitions of its best pinned
     * column and this column's rest log. The same for the same template, parameters and directory entries.
     *
     * @param directory the entry of a table, or null if it has none
     */
    public static Set<Partition> forQuery(Query query, Function<TableName, Directory.@Nullable Entry> directory) {
        QueryTemplate template = query.template();
        Set<Partition> partitions = new LinkedHashSet<>();
        for (TableName table : template.tables()) {
            addTable(partitions, query, table, directory.apply(table));
        }
        return partitions;
    }

    /** An occurrence that needs the table's own log, which has every event, makes the others' partitions needless. */
    private static void addTable(
            Set<Partition> partitions, Query query, TableName table, Directory.@Nullable Entry entry) {
        Set<Partition> values = new LinkedHashSet<>();
        for (TableUse use : query.template().uses()) {
            if (use.table().equals(table)) {
                Set<Partition> ofUse = entry == null ? null : best(use, query.parameters(), entry);
                if (ofUse == null) {
                    partitions.add(Partition.table(table));
                    return;
                }
                values.addAll(ofUse);
            }
        }
        partitions.addAll(values);
    }

    /** The partitions of the column pinned to the fewest values, the first of these in the directory's order. */
    private static @Nullable Set<Partition> best(TableUse use, Parameters parameters, Directory.Entry entry) {
        Set<Partition> best = null;
        for (PartitionColumn column : entry.partitionColumns()) {
            TableUse.Pin pin = use.pins().get(column.name());
            if (pin != null && pin.type().equals(column.type())) {
                Set<Partition> partitions = pinned(use.table(), column, pin.values(), parameters);
                if (partitions != null && (best == null || partitions.size() < best.size())) {
                    best = partitions;
                }
            }
        }
        return best;
    }

    /** Null if it is not sure which values these are, or if they are none or too many. */
    private static @Nullable Set<Partition> pinned(
            TableName table, PartitionColumn column, List<Operand> operands, Parameters parameters) {
        List<Object> values = Constants.values(operands, parameters, MAX_VALUES);
        if (values == null || values.isEmpty()) {
            return null;
        }
        Set<Partition> partitions = new LinkedHashSet<>();
        for (Object value : values) {
            OptionalLong hash = hash(column.type(), value);
            if (hash.isEmpty()) {
                return null;
            }
            partitions.add(Partition.value(table, column.name(), hash.getAsLong()));
        }
        partitions.add(Partition.rest(table, column.name()));
        return partitions;
    }

    /**
     * Adds the partitions of what one image says of a column.
     *
     * @param image null if there is no row on this side
     * @param other the image of the other side
     * @return false if the row may have a value whose partition was not added
     */
    private static boolean addValues(
            ChangeEvent event,
            @Nullable Image image,
            @Nullable Image other,
            PartitionColumn column,
            Set<Partition> partitions) {
        if (image == null) {
            return true;
        }
        if (add(event.table(), image.get(column.name()), column, partitions)) {
            return true;
        }
        return other != null
                && event.kind() == ChangeEvent.Kind.UPDATE
                && !event.changed().contains(column.name())
                && add(event.table(), other.get(column.name()), column, partitions);
    }

    private static boolean add(
            TableName table, AbstractValue value, PartitionColumn column, Set<Partition> partitions) {
        if (value instanceof AbstractValue.Exact exact) {
            // nobody pins a column to NULL
            return exact.value() == null || addHash(table, exact.value(), column, partitions);
        }
        if (value instanceof AbstractValue.OneOf oneOf && oneOf.values().size() <= MAX_VALUES) {
            boolean all = true;
            for (Object one : oneOf.values()) {
                all &= addHash(table, one, column, partitions);
            }
            return all;
        }
        return false;
    }

    private static boolean addHash(TableName table, Object value, PartitionColumn column, Set<Partition> partitions) {
        OptionalLong hash = hash(column.type(), value);
        if (hash.isPresent()) {
            partitions.add(Partition.value(table, column.name(), hash.getAsLong()));
        }
        return hash.isPresent();
    }
}
