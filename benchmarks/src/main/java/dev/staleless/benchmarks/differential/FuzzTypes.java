package dev.staleless.benchmarks.differential;

import static dev.staleless.benchmarks.differential.FuzzValues.texts;
import static dev.staleless.benchmarks.differential.FuzzValues.uuids;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Types that several databases have, with the values they get everywhere; what is odd differs. */
final class FuzzTypes {

    private FuzzTypes() {}

    static FuzzType integer(String ddl, int different, List<FuzzValue> odd) {
        List<FuzzValue> stored = new ArrayList<>();
        for (int i = 0; i < different; i++) {
            stored.addAll(FuzzValues.integers(i));
        }
        return new FuzzType(ddl, Family.INTEGER, List.copyOf(stored), odd);
    }

    static FuzzType decimal(List<FuzzValue> odd) {
        return new FuzzType(
                "numeric(10,2)", Family.DECIMAL, FuzzValues.decimals("0.00", "1.00", "1.50", "2.25", "-1.00"), odd);
    }

    static FuzzType floating(String ddl, List<FuzzValue> odd) {
        return new FuzzType(ddl, Family.FLOAT, FuzzValues.floats(), odd);
    }

    /** Of any length. */
    static FuzzType text(String ddl, List<FuzzValue> more) {
        List<FuzzValue> odd = FuzzValues.all(texts("a%", "Ab c", "a ", "_", "ǆ"), more);
        return new FuzzType(ddl, Family.TEXT, texts("a", "b", "A", "ab", "", "á"), odd);
    }

    /** Of at most four characters. */
    static FuzzType shortText(String ddl, List<FuzzValue> odd) {
        return new FuzzType(ddl, Family.TEXT, texts("a", "b", "B", "ab", "1"), odd);
    }

    /** Of three characters, filled up with spaces. */
    static FuzzType fixedText(String ddl, List<FuzzValue> more) {
        List<FuzzValue> odd = FuzzValues.all(texts("a ", "A", " a"), more);
        return new FuzzType(ddl, Family.FIXED_TEXT, texts("a", "b", "ab", ""), odd);
    }

    static FuzzType foldedText(String ddl, List<FuzzValue> odd) {
        return new FuzzType(ddl, Family.FOLDED_TEXT, texts("a", "b", "A", "ab", "á"), odd);
    }

    static FuzzType bool(List<FuzzValue> odd) {
        return new FuzzType("boolean", Family.BOOLEAN, FuzzValues.booleans(), odd);
    }

    static FuzzType date(List<FuzzValue> odd) {
        return new FuzzType("date", Family.DATE, FuzzValues.dates(), odd);
    }

    static FuzzType time(String ddl, List<FuzzValue> odd) {
        return new FuzzType(ddl, Family.TIME, FuzzValues.times(), odd);
    }

    /** Of whole seconds. */
    static FuzzType timestamp(String ddl, List<FuzzValue> odd) {
        return new FuzzType(ddl, Family.TIMESTAMP, FuzzValues.timestamps(0), odd);
    }

    static FuzzType zoned(String ddl) {
        return new FuzzType(
                ddl, Family.ZONED_TIMESTAMP, FuzzValues.zoned(ddl, "Z", "+02:00"), FuzzValues.zoned(ddl, "-08:00"));
    }

    // ---- keys, of which more have to be different

    static FuzzType textKey(String ddl) {
        return new FuzzType(
                ddl, Family.TEXT, texts("a", "b", "A", "ab", "k4", "", "á", "a b", "1", "10"), texts("a ", "B", "k"));
    }

    static FuzzType foldedKey(String ddl) {
        return new FuzzType(
                ddl, Family.FOLDED_TEXT, texts("a", "b", "ab", "C", "d", "e1", "e2", "", "1"), texts("A", "B", "a "));
    }

    static FuzzType decimalKey(List<FuzzValue> odd) {
        List<FuzzValue> stored =
                FuzzValues.decimals("0.00", "1.00", "1.50", "2.25", "-1.00", "3.00", "10.00", "11.00", "4.5");
        return new FuzzType("numeric(10,2)", Family.DECIMAL, stored, odd);
    }

    static FuzzType uuidKey() {
        return new FuzzType("uuid", Family.UUID, uuids(9), List.of());
    }

    /** So often each, where a list is chosen from. */
    static List<FuzzType> times(int count, FuzzType... types) {
        List<FuzzType> all = new ArrayList<>();
        for (FuzzType type : types) {
            all.addAll(Collections.nCopies(count, type));
        }
        return all;
    }
}
