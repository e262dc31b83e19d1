package dev.staleless.cli;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that lead to a database. */
final class Login {
    @Option(names = "--url", required = true, description = "The database: jdbc:...", paramLabel = "URL")
    private String url = "";

    @Option(names = "--user", description = "The application's role.", paramLabel = "NAME")
    private @Nullable String user;

    @Option(
            names = "--password",
            description = "Its password; asked for if no value follows.",
            arity = "0..1",
            interactive = true,
            echo = false,
            paramLabel = "TEXT")
    private char @Nullable [] password;

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", new String(password));
        }
        return DriverManager.getConnection(url, properties);
    }
}
