package dev.staleless.jdbc;

import dev.staleless.jdbc.connection.CachingDataSource;
import dev.staleless.jdbc.connection.Wiring;
import dev.staleless.sql.SqlAnalyser;

/** Puts a node and its JDBC wrappers together. */
final class Startup {

    private Startup() {}

    static StalelessDataSource start(Settings settings) {
        Node node = Node.start(settings);
        try {
            Wiring wiring = new Wiring(
                    node.cache(),
                    SqlAnalyser.create(node.kind().dialect()),
                    node.catalog(),
                    node.database().toString(),
                    node.policy(),
                    settings.limits(),
                    node.kind().driver(),
                    FrontListeners.of(settings.frontListeners()));
            return new WrappedDataSource(CachingDataSource.create(settings.dataSource(), wiring), node);
        } catch (ReflectiveOperationException | LinkageError e) {
            node.close();
            throw new StalelessStartException(
                    "The driver of " + node.kind().name() + " is not one that results can be captured from: "
                            + e.getMessage(),
                    e);
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }
}
