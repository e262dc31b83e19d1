package dev.staleless.examples.gazetteer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user can choose from in the filter and in the forms. */
record Choices(
        List<RegionChoice> regions,
        List<Choice> groups,
        List<Choice> currencies,
        List<Choice> languages,
        List<Choice> locales) {

    /** A region and the one it lies in. */
    record RegionChoice(String code, String name, @Nullable String parent) {}
}
