package dev.staleless.jdbc;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.catalog.TriggerEffects;
import dev.staleless.jdbc.policy.Images;
import java.util.Map;

/**
 * How it is found out what writes change.
 *
 * @param triggers what the triggers of tables change, as far as it was declared
 */
record WriteSettings(Images images, Map<TableName, TriggerEffects> triggers) {

    static final WriteSettings DEFAULT = new WriteSettings(Images.AUTO, Map.of());

    WriteSettings {
        triggers = Map.copyOf(triggers);
    }
}
