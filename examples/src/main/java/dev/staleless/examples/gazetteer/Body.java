package dev.staleless.examples.gazetteer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object in the body of one request, read field by field. What is not understood is refused with the field's
 * name and what it may be.
 */
final class Body {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final JsonNode fields;

    private Body(JsonNode fields) {
        this.fields = fields;
    }

    static Body parse(String json, Set<String> names) {
        var fields = tree(json);
        if (!fields.isObject()) {
            throw new BadInputException("body", shortened(json), "a JSON object");
        }
        for (Iterator<String> given = fields.fieldNames(); given.hasNext(); ) {
            var name = given.next();
            if (!names.contains(name)) {
                throw new BadInputException(name, fields.get(name), "only " + String.join(", ", new TreeSet<>(names)));
            }
        }
        return new Body(fields);
    }

    String text(String name, int limit) {
        var value = fields.path(name);
        var text = value.isTextual() ? value.asText().strip() : "";
        if (text.isEmpty() || text.length() > limit) {
            throw refused(name, "a text of 1 to " + limit + " characters");
        }
        return text;
    }

    @Nullable
    String textOrNull(String name, int limit) {
        return missing(name) ? null : text(name, limit);
    }

    @Nullable
    Long number(String name) {
        if (missing(name)) {
            return null;
        }
        var value = fields.path(name);
        if (value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0) {
            return value.asLong();
        }
        throw refused(name, "null or a whole number from 0 to " + Long.MAX_VALUE);
    }

    boolean flag(String name) {
        if (fields.path(name).isBoolean()) {
            return fields.path(name).asBoolean();
        }
        throw refused(name, "true or false");
    }

    @Nullable
    Integer version() {
        var version = number("version");
        if (version == null || version <= Integer.MAX_VALUE) {
            return version == null ? null : version.intValue();
        }
        throw refused("version", "the version that was read");
    }

    @Nullable
    BigDecimal decimal(String name, BigDecimal limit) {
        if (missing(name)) {
            return null;
        }
        var value = fields.path(name);
        if (value.isNumber()) {
            var decimal = value.decimalValue();
            if (decimal.signum() >= 0
                    && decimal.compareTo(limit) <= 0
                    && decimal.stripTrailingZeros().scale() <= 2) {
                return decimal.setScale(2);
            }
        }
        throw refused(name, "null or a number from 0 to " + limit.toPlainString() + " with at most two decimals");
    }

    @Nullable
    List<String> codes(String name) {
        if (missing(name)) {
            return null;
        }
        var codes = new ArrayList<String>();
        for (JsonNode code : fields.path(name)) {
            if (!code.isTextual()) {
                throw refused(name, "null or a list of codes");
            }
            codes.add(code.asText());
        }
        if (!fields.path(name).isArray()) {
            throw refused(name, "null or a list of codes");
        }
        return codes;
    }

    private boolean missing(String name) {
        return !fields.hasNonNull(name);
    }

    private BadInputException refused(String name, String allowed) {
        return new BadInputException(name, shortened(fields.path(name).toString()), allowed);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new BadInputException("body", shortened(json), "a JSON object; " + e.getOriginalMessage());
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
