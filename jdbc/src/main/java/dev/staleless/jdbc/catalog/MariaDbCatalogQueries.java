package dev.staleless.jdbc.catalog;

/** The queries on information_schema. What a role has no right to is not in it. */
final class MariaDbCatalogQueries {

    private static final String NOT_SYSTEM = " NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys') ";

    static final String DATABASE = "SELECT DATABASE(), @@session.sql_mode";

    static final String TABLES = """
      SELECT table_schema, table_name, table_type, engine FROM information_schema.tables
      WHERE table_schema""" + NOT_SYSTEM + "ORDER BY table_schema, table_name";

    static final String COLUMNS = """
      SELECT table_schema, table_name, column_name, data_type, column_type, coalesce(character_maximum_length, -1),
        coalesce(numeric_precision, -1), coalesce(numeric_scale, -1), coalesce(datetime_precision, -1), collation_name,
        is_nullable, column_default, extra, is_generated
      FROM information_schema.columns
      WHERE table_schema""" + NOT_SYSTEM + "ORDER BY table_schema, table_name, ordinal_position";

    static final String UNIQUE_KEYS =
            """
      SELECT table_schema, table_name, index_name, column_name FROM information_schema.statistics
      WHERE non_unique = 0 AND sub_part IS NULL AND column_name IS NOT NULL AND table_schema""" + NOT_SYSTEM + "ORDER BY table_schema, table_name, index_name <> 'PRIMARY', index_name, seq_in_index";

    static final String FOREIGN_KEYS = """
      SELECT r.constraint_schema, r.table_name, r.constraint_name, r.unique_constraint_schema, r.referenced_table_name,
        r.delete_rule, r.update_rule, k.column_name, k.referenced_column_name
      FROM information_schema.referential_constraints r JOIN information_schema.key_column_usage k
        ON k.constraint_schema = r.constraint_schema AND k.constraint_name = r.constraint_name AND k.table_name = r.table_name
      WHERE k.referenced_column_name IS NOT NULL
      ORDER BY r.constraint_schema, r.table_name, r.constraint_name, k.ordinal_position""";

    static final String TRIGGERS = """
      SELECT DISTINCT event_object_schema, event_object_table FROM information_schema.triggers
      ORDER BY event_object_schema, event_object_table""";

    /** Where the current role may see triggers: everywhere, in a schema (its name is a pattern), on a table. */
    static final String TRIGGER_PRIVILEGES = """
      SELECT '%' AS table_schema, NULL AS table_name FROM information_schema.user_privileges
        WHERE privilege_type = 'TRIGGER' AND grantee IN (%1$s)
      UNION SELECT table_schema, NULL FROM information_schema.schema_privileges
        WHERE privilege_type = 'TRIGGER' AND grantee IN (%1$s)
      UNION SELECT table_schema, table_name FROM information_schema.table_privileges
        WHERE privilege_type = 'TRIGGER' AND grantee IN (%1$s)
      ORDER BY 1, 2""".replace("%1$s", """
      concat('''', replace(current_user(), '@', '''@'''), ''''),
          concat('''', coalesce(current_role(), ''), '''@'''''), concat('''', coalesce(current_role(), ''), '''')""".strip());

    static final String FUNCTIONS = """
      SELECT DISTINCT lower(routine_name) FROM information_schema.routines
      WHERE routine_type = 'FUNCTION' AND routine_schema""" + NOT_SYSTEM + "ORDER BY 1";

    /** What a role may not see of a view is empty. */
    static final String VIEWS = """
      SELECT table_schema, table_name, view_definition FROM information_schema.views
      WHERE table_schema""" + NOT_SYSTEM + "ORDER BY 1, 2";

    private MariaDbCatalogQueries() {}
}
