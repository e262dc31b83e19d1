package dev.staleless.jdbc.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was set on a logical connection before it borrowed one: told as it was set, and applied to the borrowed connection in the
 * order of setting.
 */
final class ConnectionSettings {
    /** Settings in which the connection that is borrowed differs from the defaults. */
    enum Setting {
        AUTO_COMMIT,
        READ_ONLY,
        ISOLATION,
        SCHEMA,
        CATALOG,
        HOLDABILITY,
        NETWORK_TIMEOUT,
        TYPE_MAP,
        CLIENT_INFO
    }

    /** Applies one setting. */
    interface Action {
        void on(Connection connection) throws SQLException;
    }

    private record Set(@Nullable Object value, Action action) {}

    private final Map<Object, Set> settings = new LinkedHashMap<>();

    void set(Setting setting, @Nullable Object value, Action action) {
        settings.remove(setting);
        settings.put(setting, new Set(value, action));
    }

    /** A setting of the client's information; there is one for each name. */
    void setClientInfo(String name, @Nullable String value, Action action) {
        settings.put("client info " + name, new Set(value, action));
    }

    boolean isSet(Setting setting) {
        return settings.containsKey(setting);
    }

    /** The value set, or the given one. */
    @SuppressWarnings({"unchecked", "NullAway"}) // null only where the setting's own type allows it
    <T> T get(Setting setting, T otherwise) {
        Set set = settings.get(setting);
        return set == null ? otherwise : (T) set.value();
    }

    @Nullable
    String clientInfo(String name, @Nullable String otherwise) {
        Set set = settings.get("client info " + name);
        return set == null ? otherwise : (String) set.value();
    }

    void applyTo(Connection connection) throws SQLException {
        for (Set set : settings.values()) {
            set.action().on(connection);
        }
        settings.clear();
    }
}
