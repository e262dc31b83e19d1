package dev.staleless.examples.gazetteer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import io.javalin.json.JavalinJackson;
import java.time.InstantSource;
import javax.sql.DataSource;

/** A running instance of the application, with its page and its REST service on one port of this machine. */
public final class GazetteerApplication implements AutoCloseable {

    private final Gazetteer gazetteer;
    private final Javalin server;

    private GazetteerApplication(Gazetteer gazetteer, Javalin server) {
        this.gazetteer = gazetteer;
        this.server = server;
    }

    /**
     * Starts an instance.
     *
     * @param dataSource connections to a database that {@link GazetteerData} has filled
     * @param port the port to listen on, 0 for any free one
     * @param feed tells the page what the data source does
     * @throws io.javalin.util.JavalinBindException if the port is in use
     */
    public static GazetteerApplication start(DataSource dataSource, int port, ActivityFeed feed) {
        var gazetteer = Gazetteer.open(dataSource, InstantSource.system());
        try {
            var api = new GazetteerApi(gazetteer, feed);
            var server = Javalin.create(config -> configure(config, api)).start(port);
            return new GazetteerApplication(gazetteer, server);
        } catch (RuntimeException e) {
            gazetteer.close();
            throw e;
        }
    }

    private static void configure(JavalinConfig config, GazetteerApi api) {
        var mapper = JsonMapper.builder()
                .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();
        config.jsonMapper(new JavalinJackson(mapper, false));
        config.startup.showJavalinBanner = false;
        config.staticFiles.add("/gazetteer", Location.CLASSPATH);
        api.addTo(config.routes);
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
        gazetteer.close();
    }
}
