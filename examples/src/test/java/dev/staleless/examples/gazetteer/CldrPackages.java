package dev.staleless.examples.gazetteer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The unpacked CLDR JSON packages, as a folder with one sub-folder per package. */
record CldrPackages(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();

    JsonNode supplemental(String file) throws IOException {
        return read("cldr-core/supplemental/" + file).path("supplemental");
    }

    JsonNode scripts() throws IOException {
        return read("cldr-core/scriptMetadata.json").path("scriptMetadata");
    }

    JsonNode territoryNames(String locale) throws IOException {
        return displayNames(locale, "territories");
    }

    JsonNode languageNames(String locale) throws IOException {
        return displayNames(locale, "languages");
    }

    JsonNode scriptNames(String locale) throws IOException {
        return displayNames(locale, "scripts");
    }

    JsonNode currencies(String locale) throws IOException {
        return read("cldr-numbers-full/main/" + locale + "/currencies.json")
                .at("/main/" + locale + "/numbers/currencies");
    }

    JsonNode zones(String locale) throws IOException {
        return read("cldr-dates-full/main/" + locale + "/timeZoneNames.json")
                .at("/main/" + locale + "/dates/timeZoneNames/zone");
    }

    JsonNode subdivisionNames(String locale) throws IOException {
        return read("cldr-subdivisions-full/subdivisions/" + locale + "/" + locale + ".json")
                .at("/subdivisions/localeDisplayNames/subdivisions");
    }

    boolean hasLanguageNames(String locale) {
        return Files.exists(folder.resolve("cldr-localenames-full/main/" + locale + "/languages.json"));
    }

    private JsonNode displayNames(String locale, String kind) throws IOException {
        return read("cldr-localenames-full/main/" + locale + "/" + kind + ".json")
                .at("/main/" + locale + "/localeDisplayNames/" + kind);
    }

    private JsonNode read(String file) throws IOException {
        return JSON.readTree(Files.readString(folder.resolve(file)));
    }
}
