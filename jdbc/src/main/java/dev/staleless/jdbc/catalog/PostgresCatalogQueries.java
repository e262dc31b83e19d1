package dev.staleless.jdbc.catalog;

/**
 * The queries on pg_catalog. Names are qualified throughout: a search path may put anything before it. Columns that not every
 * version has are read from the row as JSON.
 */
final class PostgresCatalogQueries {

    /** Objects with a smaller OID came with the database. */
    private static final String FIRST_USER_OID = "16384";

    private static final String NOT_SYSTEM = " n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ";

    static final String DATABASE = """
      SELECT pg_catalog.current_schemas(true), coalesce(pg_catalog.to_jsonb(d) ->> 'datlocprovider', 'c'), d.datcollate,
        coalesce(pg_catalog.to_jsonb(d) ->> 'datlocale', pg_catalog.to_jsonb(d) ->> 'daticulocale'),
        pg_catalog.pg_encoding_to_char(d.encoding)
      FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()""";

    /** In the type of a trigger, 1 is FOR EACH ROW, 2 BEFORE, 64 INSTEAD OF. One that is disabled never fires. */
    static final String RELATIONS = """
      SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence, c.relrowsecurity,
        EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D')
          OR EXISTS (SELECT FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN'),
        EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D'
            AND t.tgtype & 1 <> 0 AND t.tgtype & 66 <> 0),
        EXISTS (SELECT FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN'),
        coalesce(m.amname, 'heap') <> 'heap'
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_am m ON m.oid = c.relam
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname <> 'pg_toast'""";

    /** Children and their parents; whether the child is a partition. */
    static final String PARENTS = """
      SELECT i.inhrelid, i.inhparent, c.relispartition FROM pg_catalog.pg_inherits i
        JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid WHERE c.relkind IN ('r', 'p', 'f')""";

    /** With no search path but the system's, every other name in them is qualified. */
    static final String SEARCH_NOTHING = "SET LOCAL search_path = pg_catalog";

    static final String DEFINITIONS = """
      SELECT c.oid, pg_catalog.pg_get_viewdef(c.oid) FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND\s""" + NOT_SYSTEM;

    static final String COLUMNS = """
      SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attcollation, a.attnotnull, a.atthasdef,
        a.attidentity <> '', a.attgenerated <> ''
      FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND\s""" + NOT_SYSTEM + "ORDER BY a.attrelid, a.attnum";

    static final String DOMAINS = """
      SELECT t.oid, t.typbasetype, t.typtypmod, t.typdefault IS NOT NULL FROM pg_catalog.pg_type t WHERE t.typtype = 'd'""";

    /** Collations that a column may have. The array of their OIDs. */
    static final String COLLATIONS = """
      SELECT c.oid, c.collprovider, c.collcollate,
        coalesce(pg_catalog.to_jsonb(c) ->> 'colllocale', pg_catalog.to_jsonb(c) ->> 'colliculocale'), c.collisdeterministic
      FROM pg_catalog.pg_collation c WHERE c.oid = ANY (?)""";

    static final String UNIQUE_KEYS = """
      SELECT i.indrelid, i.indisprimary, i.indkey::text, i.indnkeyatts
      FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL AND\s""" + NOT_SYSTEM + "ORDER BY i.indrelid, i.indexrelid";

    static final String FOREIGN_KEYS = """
      SELECT k.conrelid, k.conkey, k.confrelid, k.confkey, k.confdeltype, k.confupdtype,
        CASE WHEN pg_catalog.to_jsonb(k) ->> 'confdelsetcols' IS NOT NULL
          THEN ARRAY(SELECT e::integer FROM pg_catalog.jsonb_array_elements_text(pg_catalog.to_jsonb(k) -> 'confdelsetcols') e) END,
        k.convalidated AND NOT k.condeferrable AND coalesce(pg_catalog.to_jsonb(k) ->> 'conenforced', 'true') = 'true'
          AND pg_catalog.current_setting('session_replication_role') <> 'replica'
          AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_trigger t WHERE t.tgconstraint = k.oid AND t.tgenabled NOT IN ('O', 'A'))
      FROM pg_catalog.pg_constraint k WHERE k.contype = 'f' ORDER BY k.conrelid, k.oid""";

    /** NOT NULL constraints that existing rows may violate (from PostgreSQL 18; there are none before). */
    static final String UNPROVEN_NOT_NULL = """
      SELECT k.conrelid, k.conkey FROM pg_catalog.pg_constraint k WHERE k.contype = 'n' AND NOT k.convalidated""";

    static final String FUNCTIONS =
            "SELECT DISTINCT pg_catalog.lower(p.proname) FROM pg_catalog.pg_proc p WHERE p.oid >= " + FIRST_USER_OID;

    private PostgresCatalogQueries() {}
}
