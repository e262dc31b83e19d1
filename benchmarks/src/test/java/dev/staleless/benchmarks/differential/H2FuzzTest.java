package dev.staleless.benchmarks.differential;

import java.util.List;

/** {@link FuzzContract} on H2. */
class H2FuzzTest extends FuzzContract {

    H2FuzzTest() {
        super(1, 5_000);
    }

    @Override
    FuzzDatabase open() {
        return FuzzDatabase.h2();
    }

    @Override
    List<String> found() {
        return List.of(
                "the row before an UPDATE is not looked at",
                "an occurrence in a sub-query is overlooked",
                "every condition is a conjunct");
    }
}
