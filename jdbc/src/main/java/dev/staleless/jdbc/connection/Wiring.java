package dev.staleless.jdbc.connection;

import dev.staleless.core.coordination.Clock;
import dev.staleless.core.protocol.Admission;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.jdbc.admission.AdmissionSettings;
import dev.staleless.jdbc.admission.Shapes;
import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.policy.CachePolicy;
import dev.staleless.jdbc.policy.FrontListener;
import dev.staleless.jdbc.policy.Images;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.jdbc.policy.Revalidate;
import dev.staleless.sql.SqlAnalyser;

/**
 * What a caching data source works with. All of it is safe for any thread, and closed by whoever made it.
 *
 * @param database the database's id in its coordination tables
 * @param catalogs of the same database as the data source's
 * @param analyser used for this database alone
 */
public record Wiring(
        ResultCache cache,
        SqlAnalyser analyser,
        CatalogSource catalogs,
        String database,
        CachePolicy policy,
        Limits limits,
        DriverProfile driver,
        FrontListener listener,
        BarrierLocks locks,
        Images images,
        Revalidate revalidate,
        Shapes shapes) {

    /** With every query text measured, and cached where that pays. */
    public Wiring(
            ResultCache cache,
            SqlAnalyser analyser,
            CatalogSource catalogs,
            String database,
            CachePolicy policy,
            Limits limits,
            DriverProfile driver,
            FrontListener listener,
            BarrierLocks locks,
            Images images) {
        this(
                cache,
                analyser,
                catalogs,
                database,
                policy,
                limits,
                driver,
                listener,
                locks,
                images,
                Revalidate.AUTO,
                Shapes.create(Admission.ADAPTIVE, AdmissionSettings.DEFAULTS, Clock.system()));
    }

    /** For a store in the process, which never is away; with row images where they pay. */
    public Wiring(
            ResultCache cache,
            SqlAnalyser analyser,
            CatalogSource catalogs,
            String database,
            CachePolicy policy,
            Limits limits,
            DriverProfile driver,
            FrontListener listener) {
        this(cache, analyser, catalogs, database, policy, limits, driver, listener, BarrierLocks.NONE, Images.AUTO);
    }
}
