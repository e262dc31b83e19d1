package dev.staleless.core.query;

import dev.staleless.core.value.Parameters;

/**
 * A query as it is executed: its template and the values of its parameters.
 *
 * @param sql normalised text, for explanations
 */
public record Query(QueryTemplate template, String sql, Parameters parameters) {}
