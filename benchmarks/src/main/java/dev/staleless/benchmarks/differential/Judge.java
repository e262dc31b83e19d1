package dev.staleless.benchmarks.differential;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.Summary;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.codec.ElementCodec;
import dev.staleless.core.coordination.Directory;
import dev.staleless.core.decision.Decision;
import dev.staleless.core.decision.Doubt;
import dev.staleless.core.decision.IndexedRows;
import dev.staleless.core.decision.Judgement;
import dev.staleless.core.decision.RuleName;
import dev.staleless.core.decision.Verdict;
import dev.staleless.core.partition.Partitions;
import dev.staleless.core.query.CachedRows;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.Revalidation;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.key.BoundValue;
import dev.staleless.jdbc.key.BoundValues;
import dev.staleless.jdbc.key.ResultKeys;
import dev.staleless.jdbc.revalidation.Inquiry;
import dev.staleless.sql.Analysis;
import dev.staleless.sql.RowImages;
import dev.staleless.sql.SqlAnalyser;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the product says of a change and a cached result, by the way it goes at run time: analysis, canonical values of the
 * parameters, partitions of the event and of the query, the event as it is read from a log, decision.
 */
final class Judge {

    private static final String NOT_READ = "the query reads no partition of the change";
    private static final String SETTLED = "the database tells that the rows in question take no part";
    private static final String NO_EVENT = "nothing is changed";

    private static final UUID ANY_ID = new UUID(1, 2);

    private final SqlAnalyser analyser;
    private final DriverProfile driver;
    private final Connection connection;
    private final Catalog catalog;
    private final Fault fault;
    private final ResultKeys keys = new ResultKeys("fuzz", "fuzz");
    private final Map<TableName, Directory.Entry> directory = new HashMap<>();

    Judge(Area area, Catalog catalog, Fault fault) {
        this.analyser = area.analyser();
        this.driver = area.driver();
        this.connection = area.connection();
        this.catalog = catalog;
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }

    /**
     * A query as the product sees it.
     *
     * @param values bound to it
     */
    record Known(Query query, Set<Partition> partitions, BoundValues values) {}

    /** A query, or why it is passed through. */
    record Reading(@Nullable Known known, String why) {}

    /**
     * A change as the product reports it.
     *
     * @param events null for a change of everything
     * @param partitions of each event
     */
    record Reported(@Nullable List<ChangeEvent> events, List<Set<Partition>> partitions, String why) {}

    /**
     * Whether a result lives on, and why.
     *
     * @param rules that spare it from the last event
     * @param asked whether the database was asked, which the cached rows left in doubt
     */
    record Opinion(boolean affected, String reason, List<RuleName> rules, boolean asked) {
        Opinion(boolean affected, String reason, List<RuleName> rules) {
            this(affected, reason, rules, false);
        }
    }

    Reading query(FuzzStatement statement) {
        Analysis analysis = analyser.analyse(fault.query().apply(statement.sql()), catalog);
        if (!(analysis instanceof Analysis.Read read)) {
            return new Reading(null, why(analysis));
        }
        BoundValues values = bound(statement);
        String why = keys.uncacheable(read.template(), values);
        if (why != null) {
            return new Reading(null, why);
        }
        Query query =
                new Query(fault.template().apply(read.template()), read.sql().key(), values.canonical());
        return new Reading(new Known(query, Partitions.forQuery(query, this::entry), values), "");
    }

    /** The query that executes the change and returns images of the rows it changes; null if there is none. */
    @Nullable
    RowImages images(FuzzStatement statement, RowImages.Returning returning) throws SQLException {
        RowImages images = analyser.analyse(statement.sql(), catalog) instanceof Analysis.Write write
                ? write.changes().images(returning)
                : null;
        return images == null || driver.returnsSeveralResults(connection) ? images : images.withoutCascades();
    }

    /**
     * What the statement's text tells.
     *
     * @param changed how many rows the database says were changed
     */
    Reported change(FuzzStatement statement, int changed) {
        Analysis analysis = analyser.analyse(statement.sql(), catalog);
        if (!(analysis instanceof Analysis.Write write)) {
            return new Reported(null, List.of(), why(analysis));
        }
        boolean nothing = changed == 0 && write.changes().isNothingWithoutRows();
        return reported(
                nothing ? List.of() : write.changes().events(bound(statement).canonical()));
    }

    /**
     * What the images tell, or the statement's text if there are too many.
     *
     * @param returned by the query
     */
    Reported change(FuzzStatement statement, RowImages images, byte[] returned) {
        CachedRows rows = driver.cachedRows(returned);
        if (rows == null) {
            return change(statement, 1);
        }
        List<RowImages.Returned> read = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            int source = images.cascades() && rows.value(i, 1) instanceof Long number ? number.intValue() : 0;
            List<@Nullable Object> cells = new ArrayList<>();
            for (RowImages.Cell cell : images.cells(source)) {
                cells.add(rows.value(i, cell.index() - 1));
            }
            long count = rows.value(i, 0) instanceof Long number ? number : Long.MAX_VALUE;
            read.add(new RowImages.Returned(source, count, cells));
        }
        // nobody else is there
        List<ChangeEvent> events = images.events(bound(statement).canonical(), read, true);
        return events == null ? change(statement, 1) : reported(events);
    }

    /** How many rows a query of images returned. */
    int count(byte[] returned) {
        CachedRows rows = driver.cachedRows(returned);
        return rows == null ? 1 : rows.size();
    }

    /**
     * Several changes as those of one transaction.
     *
     * @param summarised whether one event of each table covers them all
     */
    Reported together(List<Reported> changes, boolean summarised) {
        List<ChangeEvent> events = new ArrayList<>();
        for (Reported change : changes) {
            if (change.events() == null) {
                return change;
            }
            events.addAll(change.events());
        }
        if (!summarised) {
            return encoded(events);
        }
        Map<TableName, Summary> summaries = new LinkedHashMap<>();
        events.forEach(
                event -> summaries.computeIfAbsent(event.table(), Summary::new).add(event));
        return encoded(summaries.values().stream().map(Summary::event).toList());
    }

    private Reported reported(List<ChangeEvent> analysed) {
        return encoded(fault.events().apply(analysed));
    }

    private Reported encoded(List<ChangeEvent> events) {
        Element element = new Element(ANY_ID, ANY_ID, events);
        List<ChangeEvent> read = Objects.requireNonNull(ElementCodec.decode(ElementCodec.encode(element)))
                .events();
        List<Set<Partition>> partitions = new ArrayList<>();
        for (ChangeEvent event : events) {
            Directory.Entry entry = entry(event.table());
            partitions.add(entry == null ? Set.of() : Partitions.ofEvent(event, entry));
        }
        return new Reported(read, partitions, "");
    }

    /** The rows as they are published, to be decided on again and again. */
    IndexedRows rows(byte[] published) {
        return IndexedRows.lazily(
                bytes -> {
                    CachedRows rows = driver.cachedRows(bytes);
                    return rows == null ? null : fault.rows().apply(rows);
                },
                published);
    }

    Opinion opinion(Known known, IndexedRows rows, Reported change) {
        List<ChangeEvent> events = change.events();
        if (events == null) {
            return new Opinion(true, "a change of everything: " + change.why(), List.of());
        }
        String reason = NO_EVENT;
        List<RuleName> rules = List.of();
        for (int i = 0; i < events.size(); i++) {
            Verdict verdict = Decision.decide(known.query(), rows, events.get(i));
            boolean seen = !Collections.disjoint(change.partitions().get(i), known.partitions());
            if (verdict.affected() && seen) {
                return new Opinion(true, verdict.reason(), List.of());
            }
            reason = verdict.affected() ? NOT_READ : verdict.reason();
            rules = verdict instanceof Verdict.Unaffected unaffected ? unaffected.rules() : List.of();
        }
        return new Opinion(false, reason, rules);
    }

    /** As {@link #opinion}, and where the cached rows leave doubts the database is asked, as it is after the change. */
    Opinion asked(Known known, IndexedRows rows, Reported change) throws SQLException {
        Opinion alone = opinion(known, rows, change);
        Set<Doubt> doubts = alone.affected() ? doubts(known, rows, change) : null;
        Revalidation revalidation = known.query().template().revalidation();
        if (doubts == null || revalidation == null) {
            return alone;
        }
        Savepoint before = connection.setSavepoint();
        try {
            boolean settled = new Inquiry(revalidation, known.values(), doubts).settles(connection, 0);
            connection.releaseSavepoint(before);
            return new Opinion(!settled, settled ? SETTLED : alone.reason(), List.of(), true);
        } catch (SQLException e) {
            connection.rollback(before);
            return alone;
        }
    }

    /** What has to be asked; null if it would not help. */
    private @Nullable Set<Doubt> doubts(Known known, IndexedRows rows, Reported change) {
        List<ChangeEvent> events = change.events();
        Judgement judgement = new Judgement(known.query(), rows);
        for (int i = 0; events != null && i < events.size(); i++) {
            boolean seen = !Collections.disjoint(change.partitions().get(i), known.partitions());
            if (seen && !judgement.add(events.get(i))) {
                return null;
            }
        }
        return events == null ? null : judgement.doubts();
    }

    private static String why(Analysis analysis) {
        if (analysis instanceof Analysis.Uncached uncached) {
            return uncached.reason();
        }
        return analysis instanceof Analysis.Everything everything
                ? everything.reason()
                : analysis.getClass().getSimpleName();
    }

    private static BoundValues bound(FuzzStatement statement) {
        BoundValues values = new BoundValues();
        for (int i = 0; i < statement.parameters().size(); i++) {
            values.bind(i + 1, BoundValue.of("setObject", statement.parameters().get(i), null));
        }
        return values;
    }

    private Directory.@Nullable Entry entry(TableName name) {
        return directory.computeIfAbsent(name, this::newEntry);
    }

    private Directory.@Nullable Entry newEntry(TableName name) {
        Table table = catalog.table(name);
        if (table == null) {
            return null;
        }
        List<Directory.PartitionColumn> columns = new ArrayList<>();
        for (String column : table.partitionColumns()) {
            Column found = table.column(column);
            if (found != null) {
                columns.add(new Directory.PartitionColumn(column, found.type()));
            }
        }
        return new Directory.Entry(1, columns);
    }
}
