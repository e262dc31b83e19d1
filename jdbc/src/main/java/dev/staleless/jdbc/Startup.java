package dev.staleless.jdbc;

import dev.staleless.jdbc.admission.AdmissionSettings;
import dev.staleless.jdbc.admission.Shapes;
import dev.staleless.jdbc.connection.CachingDataSource;
import dev.staleless.jdbc.connection.Wiring;
import dev.staleless.sql.SqlAnalyser;

/** Puts a node and its JDBC wrappers together. */
final class Startup {

    private Startup() {}

    static StalelessDataSource start(Settings settings) {
        Node node = Node.start(settings);
        try {
            SqlAnalyser analyser = SqlAnalyser.create(node.kind().dialect());
            Shapes shapes = Shapes.create(
                    settings.admission(),
                    AdmissionSettings.DEFAULTS,
                    settings.environment().clock());
            Wiring wiring = new Wiring(
                    node.cache(),
                    analyser,
                    node.catalog(),
                    node.database().toString(),
                    node.policy(),
                    settings.limits(),
                    node.driver(),
                    FrontListeners.of(settings.frontListeners()),
                    node.locks(),
                    settings.writes().images(),
                    settings.revalidate(),
                    shapes);
            return new WrappedDataSource(
                    CachingDataSource.create(settings.dataSource(), wiring),
                    node,
                    analyser,
                    shapes,
                    settings.statistics());
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }
}
