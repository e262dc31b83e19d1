package dev.staleless.jdbc.result.h2;

/**
 * What the driver's getters depend on beside the values.
 *
 * @param catalog the database's name, which the metadata tells
 * @param zone id of the session's time zone
 * @param remote whether the driver speaks to a server, and so fetches in portions
 */
record DecodingSettings(String catalog, String zone, boolean remote) {}
