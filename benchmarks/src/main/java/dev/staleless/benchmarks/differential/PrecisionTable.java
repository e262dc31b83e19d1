package dev.staleless.benchmarks.differential;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.sql.RowImages;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Every query of a domain with every write of it: which results change, and which ones are dropped, by this product and by
 * simpler policies.
 */
final class PrecisionTable {

    static final String IMAGES = "Staleless";
    static final String UNASKED = "Staleless, without asking the database";
    static final String TEXT = "Staleless, by the statements' text alone";

    private final Domain domain;
    private final Area area;
    private final Oracle oracle;
    private final Judge judge;
    private final Catalog catalog;
    private final Map<String, Counts> counts = new LinkedHashMap<>();
    private final List<Needless> needless = new ArrayList<>();
    private final List<String> stale = new ArrayList<>();
    private final List<String> passedThrough = new ArrayList<>();

    /** What one policy did. */
    static final class Counts {
        int pairs;
        int stale;
        int needed;
        int needless;

        void add(Counts other) {
            pairs += other.pairs;
            stale += other.stale;
            needed += other.needed;
            needless += other.needless;
        }

        private void count(boolean dropped, boolean same) {
            pairs++;
            stale += !dropped && !same ? 1 : 0;
            needed += dropped && !same ? 1 : 0;
            needless += dropped && same ? 1 : 0;
        }
    }

    /** A result that was dropped although it did not change. */
    record Needless(String query, String write, String reason) {}

    private PrecisionTable(Domain domain, Area area) throws SQLException {
        this.domain = domain;
        this.area = area;
        this.catalog = area.make(domain.schema());
        this.oracle = new Oracle(area);
        this.judge = new Judge(area, catalog, Fault.NONE);
        counts.put(IMAGES, new Counts());
        counts.put(UNASKED, new Counts());
        counts.put(TEXT, new Counts());
        for (SimplePolicy policy : SimplePolicy.values()) {
            counts.put(policy.title(), new Counts());
        }
    }

    static PrecisionTable of(Domain domain, Area area) throws SQLException {
        PrecisionTable table = new PrecisionTable(domain, area);
        table.fill();
        return table;
    }

    Map<String, Counts> counts() {
        return counts;
    }

    /** Queries that are not cached, and so in no pair. */
    List<String> passedThrough() {
        return passedThrough;
    }

    /** What {@link #IMAGES} dropped without need. */
    List<Needless> needless() {
        return needless;
    }

    /** What {@link #IMAGES} or {@link #TEXT} kept although it changed. */
    List<String> stale() {
        return stale;
    }

    private void fill() throws SQLException {
        for (String row : domain.rows()) {
            oracle.execute(row);
        }
        List<Subject> subjects = new ArrayList<>();
        try {
            for (FuzzStatement query : domain.queries()) {
                Judge.Reading reading = judge.query(query);
                if (reading.known() == null) {
                    passedThrough.add(query.describe() + ": " + reading.why());
                } else {
                    subjects.add(subject(query, reading));
                }
            }
            ChangedRow.State before = ChangedRow.State.read(area.connection(), catalog);
            for (FuzzStatement write : domain.writes()) {
                Savepoint savepoint = oracle.savepoint();
                write(write, before, subjects);
                oracle.rollback(savepoint);
            }
        } finally {
            for (Subject subject : subjects) {
                subject.prepared().close();
            }
            oracle.rollback();
        }
    }

    private Subject subject(FuzzStatement query, Judge.Reading reading) throws SQLException {
        Oracle.Prepared prepared = Objects.requireNonNull(oracle.query(query), query.sql());
        Oracle.Result result = prepared.result(oracle.savepoint());
        if (result == null) {
            throw new SQLException("Refused by the database: " + query.sql());
        }
        return Subject.of(query, new int[0], List.of(judge), List.of(reading), prepared, result);
    }

    private void write(FuzzStatement write, ChangedRow.State before, List<Subject> subjects) throws SQLException {
        RowImages images = judge.images(write, RowImages.Returning.BOTH);
        Judge.Reported exact;
        Judge.Reported text;
        if (images == null) {
            int changed = oracle.attempt(write);
            if (changed < 0) {
                throw new SQLException("Refused by the database: " + write.sql());
            }
            text = judge.change(write, changed);
            exact = text;
        } else {
            byte[] returned = oracle.attempt(write, images.sql());
            if (returned == null) {
                throw new SQLException("Refused by the database: " + images.sql());
            }
            text = judge.change(write, judge.count(returned));
            exact = judge.change(write, images, returned);
        }
        List<ChangedRow> changes = before.changesTo(ChangedRow.State.read(area.connection(), catalog));
        Savepoint savepoint = oracle.savepoint();
        for (Subject subject : subjects) {
            List<String> now = subject.prepared().rows(savepoint);
            if (now == null) {
                throw new SQLException(
                        "Refused by the database: " + subject.statement().sql());
            }
            compare(subject, write, exact, text, changes, now.equals(subject.rows()));
        }
    }

    private void compare(
            Subject subject,
            FuzzStatement write,
            Judge.Reported exact,
            Judge.Reported text,
            List<ChangedRow> changes,
            boolean same)
            throws SQLException {
        Judge.Opinion opinion = subject.asked(judge, exact);
        boolean byText = subject.opinion(judge, text).affected();
        count(IMAGES, opinion.affected(), same);
        count(UNASKED, subject.opinion(judge, exact).affected(), same);
        count(TEXT, byText, same);
        for (SimplePolicy policy : SimplePolicy.values()) {
            count(policy.title(), policy.drops(subject.query(), changes), same);
        }
        if (same && opinion.affected()) {
            needless.add(new Needless(subject.statement().describe(), write.describe(), opinion.reason()));
        }
        if (!same
                && !(opinion.affected() && byText && subject.asked(judge, text).affected())) {
            stale.add(subject.statement().describe() + "\n  " + write.describe());
        }
    }

    private void count(String policy, boolean dropped, boolean same) {
        counts.getOrDefault(policy, new Counts()).count(dropped, same);
    }
}
