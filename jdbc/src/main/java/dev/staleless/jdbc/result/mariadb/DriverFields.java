package dev.staleless.jdbc.result.mariadb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.client.ColumnDecoder;
import org.mariadb.jdbc.client.ReadableByteBuf;
import org.mariadb.jdbc.client.result.CompleteResult;
import org.mariadb.jdbc.client.result.Result;
import org.mariadb.jdbc.client.result.rowdecoder.BinaryRowDecoder;
import org.mariadb.jdbc.client.result.rowdecoder.RowDecoder;
import org.mariadb.jdbc.message.server.ColumnDefinitionPacket;

/**
 * Reads what the driver's result set holds: the packets of its columns and rows as the server sent them. Fields that a driver
 * version does not have make this class unavailable, and nothing is cached then.
 */
final class DriverFields {
    private final VarHandle columns;
    private final VarHandle rows;
    private final VarHandle rowCount;
    private final VarHandle rowDecoder;
    private final VarHandle columnPacket;

    private DriverFields(
            VarHandle columns, VarHandle rows, VarHandle rowCount, VarHandle rowDecoder, VarHandle columnPacket) {
        this.columns = columns;
        this.rows = rows;
        this.rowCount = rowCount;
        this.rowDecoder = rowDecoder;
        this.columnPacket = columnPacket;
    }

    /** Finds the driver's fields. */
    static DriverFields find() throws ReflectiveOperationException {
        MethodHandles.Lookup result = MethodHandles.privateLookupIn(Result.class, MethodHandles.lookup());
        MethodHandles.Lookup column =
                MethodHandles.privateLookupIn(ColumnDefinitionPacket.class, MethodHandles.lookup());
        return new DriverFields(
                result.findVarHandle(Result.class, "metadataList", ColumnDecoder[].class),
                result.findVarHandle(Result.class, "data", byte[][].class),
                result.findVarHandle(Result.class, "dataSize", int.class),
                result.findVarHandle(Result.class, "rowDecoder", RowDecoder.class),
                column.findVarHandle(ColumnDefinitionPacket.class, "buf", ReadableByteBuf.class));
    }

    /** The driver's result set behind wrappers of a pool, or null if there is none that holds all its rows. */
    static @Nullable CompleteResult driverResult(ResultSet result) throws SQLException {
        Result driver = null;
        if (result instanceof Result own) {
            driver = own;
        } else if (result.isWrapperFor(Result.class)) {
            driver = result.unwrap(Result.class);
        }
        // One that can be updated is of a subclass, and has more to it.
        return driver != null && driver.getClass() == CompleteResult.class ? (CompleteResult) driver : null;
    }

    /** The packets that describe its columns, or null if a column is of a class that is not known. */
    byte @Nullable [][] columns(CompleteResult result) {
        ColumnDecoder[] decoders = (ColumnDecoder[]) columns.get(result);
        byte[][] packets = new byte[decoders.length][];
        for (int i = 0; i < packets.length; i++) {
            if (!(decoders[i] instanceof ColumnDefinitionPacket packet)) {
                return null;
            }
            packets[i] = ((ReadableByteBuf) columnPacket.get(packet)).buf();
        }
        return packets;
    }

    /** The packets of its rows; more may be in the array than {@link #rowCount} says. Null once it is closed. */
    byte @Nullable [][] rows(CompleteResult result) {
        return (byte[][]) rows.get(result);
    }

    int rowCount(CompleteResult result) {
        return (int) rowCount.get(result);
    }

    /** Whether values are sent in binary form, and not as text. */
    boolean isBinary(CompleteResult result) {
        return rowDecoder.get(result) instanceof BinaryRowDecoder;
    }
}
