package dev.staleless.core.protocol;

import dev.staleless.core.coordination.Moment;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.EntryKey;
import org.jspecify.annotations.Nullable;

/**
 * A query to look up.
 *
 * @param moment from before the lookup began; null if nothing depends on it
 * @param anew whether it is not to be served
 */
record Request(
        Query query,
        EntryKey key,
        Keeping keeping,
        @Nullable ProtocolTransaction transaction,
        boolean mayWait,
        long schemaVersion,
        @Nullable Moment moment,
        boolean anew) {

    Request notWaiting() {
        return new Request(query, key, keeping, transaction, false, schemaVersion, moment, anew);
    }
}
