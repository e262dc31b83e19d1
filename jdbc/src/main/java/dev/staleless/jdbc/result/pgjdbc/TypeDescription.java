package dev.staleless.jdbc.result.pgjdbc;

import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.TypeInfo;
import org.postgresql.util.PGobject;

/**
 * What the driver asked the database about a type that it does not know by itself.
 *
 * @param arrayOid the type that is an array of it, where that was asked for; 0 otherwise
 */
record TypeDescription(
        int oid,
        String name,
        int sqlType,
        String javaClass,
        int arrayOid,
        @Nullable Class<? extends PGobject> objectClass) {
    /**
     * Asks a connection's driver, which asks the database unless it knows.
     *
     * @return null if the type cannot be told to another connection's driver: one that asks itself is needed then
     */
    static @Nullable TypeDescription ask(TypeInfo types, int oid) throws SQLException {
        int sqlType = types.getSQLType(oid);
        if (sqlType != Types.ARRAY) {
            return of(types, oid, sqlType, 0);
        }
        int element = types.getPGArrayElement(oid);
        if (element == 0 || types.getArrayDelimiter(oid) != ',') {
            return null;
        }
        TypeDescription description = of(types, element, types.getSQLType(element), oid);
        return description != null && ("_" + description.name()).equals(types.getPGType(oid)) ? description : null;
    }

    private static @Nullable TypeDescription of(TypeInfo types, int oid, int sqlType, int arrayOid)
            throws SQLException {
        String name = types.getPGType(oid);
        if (name == null) {
            return null;
        }
        return new TypeDescription(oid, name, sqlType, types.getJavaClass(oid), arrayOid, types.getPGobject(name));
    }

    /** Tells it to the driver of a connection that cannot ask. */
    void tell(TypeInfo types) throws SQLException {
        types.addCoreType(name, oid, sqlType, javaClass, arrayOid);
        if (objectClass != null) {
            types.addDataType(name, objectClass);
        }
    }
}
