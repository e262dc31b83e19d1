package dev.staleless.core.decision;

import dev.staleless.core.query.ResultForm.SortKey;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.Relation;

/** Where a value can stand beside that of a cached row, by one key of ORDER BY: a set of {@link #BEFORE}, {@link #SAME}, {@link #AFTER}. */
final class SortPlace {

    static final int BEFORE = 1;
    static final int SAME = 2;
    static final int AFTER = 4;

    private SortPlace() {}

    static int of(Logic logic, SortKey key, AbstractValue value, AbstractValue cached) {
        boolean nullBoth = Relation.mayBeNull(key.type(), value) && Relation.mayBeNull(key.type(), cached);
        boolean valueNull = Relation.mayBeNull(key.type(), value) && Relation.mayBeValue(cached);
        boolean cachedNull = Relation.mayBeNull(key.type(), cached) && Relation.mayBeValue(value);
        int places = nullBoth ? SAME : 0;
        places |= valueNull ? (key.nullsFirst() ? BEFORE : AFTER) : 0;
        places |= cachedNull ? (key.nullsFirst() ? AFTER : BEFORE) : 0;
        int relation = logic.relation(key.type(), value, cached);
        places |= (relation & Relation.EQUAL) != 0 ? SAME : 0;
        places |= (relation & Relation.LESS) != 0 ? (key.descending() ? AFTER : BEFORE) : 0;
        return (relation & Relation.GREATER) != 0 ? places | (key.descending() ? BEFORE : AFTER) : places;
    }
}
