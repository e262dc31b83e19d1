package dev.staleless.jdbc.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON object that is being written. */
final class Json {

    private final StringBuilder text = new StringBuilder("{");

    Json add(String name, @Nullable String value) {
        if (value != null) {
            name(name);
            string(value, text);
        }
        return this;
    }

    Json add(String name, boolean value) {
        name(name);
        text.append(value);
        return this;
    }

    Json strings(String name, List<String> values) {
        name(name);
        text.append('[');
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ", ");
            string(values.get(i), text);
        }
        text.append(']');
        return this;
    }

    Json objects(String name, List<Json> values) {
        name(name);
        text.append('[');
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(values.get(i));
        }
        text.append(']');
        return this;
    }

    private void name(String name) {
        text.append(text.length() == 1 ? "" : ", ");
        string(name, text);
        text.append(": ");
    }

    private static void string(String value, StringBuilder to) {
        to.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                to.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                to.append(String.format("\\u%04x", (int) c));
            } else {
                to.append(c);
            }
        }
        to.append('"');
    }

    @Override
    public String toString() {
        return text + "}";
    }
}
