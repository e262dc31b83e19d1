package dev.staleless.jdbc.result.pgjdbc;

import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.postgresql.PGProperty;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.xml.DefaultPGXmlFactoryFactory;
import org.postgresql.xml.LegacyInsecurePGXmlFactoryFactory;
import org.postgresql.xml.PGXmlFactoryFactory;

/**
 * What of a connection decides how the driver decodes a result: the parameters the server reported, and the connection
 * properties that its getters and metadata look at.
 *
 * @param server parameters as reported (TimeZone, DateStyle, server_version, ...)
 * @param unknownLength the length told for types without limit
 */
record DecodingSettings(
        Map<String, String> server,
        int unknownLength,
        boolean columnSanitiserDisabled,
        boolean booleanToNumeric,
        String xmlFactoryFactory) {
    private static final Set<String> DECODING_PARAMETERS = Set.of(
            "server_version",
            "server_encoding",
            "client_encoding",
            "integer_datetimes",
            "standard_conforming_strings",
            "TimeZone",
            "DateStyle",
            "IntervalStyle");

    static DecodingSettings of(PgConnection connection) throws SQLException {
        Map<String, String> server = new TreeMap<>(connection.getParameterStatuses());
        server.keySet().retainAll(DECODING_PARAMETERS);
        return new DecodingSettings(
                server,
                connection.getTypeInfo().getDisplaySize(Oid.TEXT, -1),
                connection.isColumnSanitiserDisabled(),
                connection.getConvertBooleanToNumeric(),
                xmlFactoryFactory(connection.getXmlFactoryFactory()));
    }

    /** Whether a connection has the same, but for what the server reports. */
    boolean otherThanReportedAre(PgConnection connection) throws SQLException {
        return unknownLength == connection.getTypeInfo().getDisplaySize(Oid.TEXT, -1)
                && columnSanitiserDisabled == connection.isColumnSanitiserDisabled()
                && booleanToNumeric == connection.getConvertBooleanToNumeric()
                && xmlFactoryFactory.equals(xmlFactoryFactory(connection.getXmlFactoryFactory()));
    }

    private static String xmlFactoryFactory(PGXmlFactoryFactory factory) {
        if (factory == DefaultPGXmlFactoryFactory.INSTANCE) {
            return "";
        }
        return factory == LegacyInsecurePGXmlFactoryFactory.INSTANCE
                ? "LEGACY_INSECURE"
                : factory.getClass().getName();
    }

    /** Connection properties that have the same effect. */
    Properties toProperties() {
        Properties properties = new Properties();
        PGProperty.UNKNOWN_LENGTH.set(properties, unknownLength);
        PGProperty.DISABLE_COLUMN_SANITISER.set(properties, columnSanitiserDisabled);
        PGProperty.CONVERT_BOOLEAN_TO_NUMERIC.set(properties, booleanToNumeric);
        PGProperty.XML_FACTORY_FACTORY.set(properties, xmlFactoryFactory);
        return properties;
    }
}
