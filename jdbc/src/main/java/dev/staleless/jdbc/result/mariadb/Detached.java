package dev.staleless.jdbc.result.mariadb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Connection;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.Statement;
import org.mariadb.jdbc.client.ColumnDecoder;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.client.ReadableByteBuf;
import org.mariadb.jdbc.client.context.BaseContext;
import org.mariadb.jdbc.client.result.CompleteResult;
import org.mariadb.jdbc.client.socket.Reader;
import org.mariadb.jdbc.client.util.ClosableLock;
import org.mariadb.jdbc.client.util.MutableByte;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.message.server.InitialHandshakePacket;

/**
 * The driver without a server: connections on which statements can be made and set up, and result sets that read the packets
 * of a captured result in the place of a socket. Everything that would be sent fails. Safe for any thread.
 */
final class Detached {
    /** Of the client: the end of a result is told by a packet of five bytes. Older than the other form, and the simpler one. */
    private static final long DEPRECATE_EOF = 1L << 24;

    private static final byte[] END = {5, 0, 0, 0, (byte) 0xfe, 0, 0, 2, 0};
    private static final int HEADER = 4;

    private final Configuration options;
    private final Context context;
    private final ExceptionFactory exceptions;

    private Detached(Configuration options, Context context, ExceptionFactory exceptions) {
        this.options = options;
        this.context = context;
        this.exceptions = exceptions;
    }

    static Detached of(Decoding decoding) throws SQLException {
        Configuration options = decoding.options();
        if (options.useServerPrepStmts()) {
            // Preparing would be sent. What is set and told before a statement is executed is the same.
            options = options.toBuilder().useServerPrepStmts(false).build();
        }
        HostAddress host =
                options.addresses().isEmpty() ? null : options.addresses().get(0);
        ExceptionFactory exceptions = new ExceptionFactory(options, host);
        InitialHandshakePacket handshake =
                InitialHandshakePacket.decode(new ReadableByteBuf(greeting(decoding.version())));
        Context context = new BaseContext(
                host, handshake, decoding.capabilities() & ~DEPRECATE_EOF, options, exceptions, null, null, () -> {});
        if (decoding.timeZone() != null) {
            context.setConnectionTimeZone(decoding.timeZone());
        }
        if (decoding.database() != null) {
            context.setDatabase(decoding.database());
        }
        return new Detached(options, context, exceptions);
    }

    /** The packet by which a server of this version greets. */
    private static byte[] greeting(String version) {
        byte[] name = ("5.5.5-" + version).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer packet = ByteBuffer.allocate(name.length + 100).order(ByteOrder.LITTLE_ENDIAN);
        packet.put((byte) 10).put(name).put((byte) 0);
        packet.putInt(0).put(new byte[8]).put((byte) 0); // thread, first part of the seed
        packet.putShort((short) 0xf7fe).put((byte) 45).putShort((short) 2).putShort((short) 0x81bf);
        packet.put((byte) 21).put(new byte[6]).putInt(0); // length of the seed, reserved, MariaDB's capabilities
        packet.put(new byte[12]).put((byte) 0); // second part of the seed
        packet.put("mysql_native_password".getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
        return packet.array();
    }

    /** A connection on which nothing can be executed. */
    Connection connection() throws SQLException {
        return new Connection(options, new ClosableLock(), new OfflineClient(context, exceptions));
    }

    /** A result set before its first row; null if the packets are none of the driver's. */
    @Nullable
    ResultSet resultSet(ResultCodec.Captured captured, Statement statement, long maxRows, boolean closeOnCompletion)
            throws SQLException {
        try {
            ColumnDecoder[] columns = new ColumnDecoder[captured.columns().size()];
            for (int i = 0; i < columns.length; i++) {
                byte[] packet = captured.columns().get(i).clone();
                columns[i] = context.getColumnDecoderFunction().apply(new ReadableByteBuf(packet));
            }
            Reader reader = new Reader(new ByteArrayInputStream(stream(captured.rows())), options, new MutableByte());
            return new CompleteResult(
                    statement,
                    captured.binary(),
                    maxRows,
                    columns,
                    reader,
                    context,
                    ResultSet.TYPE_FORWARD_ONLY,
                    closeOnCompletion,
                    false,
                    false);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static byte[] stream(List<byte[]> rows) {
        int size = END.length;
        for (byte[] row : rows) {
            size += HEADER + row.length;
        }
        ByteBuffer stream = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (byte[] row : rows) {
            // Three bytes of length, and one that counts the packets, which is not looked at.
            stream.putInt(row.length).put(row);
        }
        return stream.put(END).array();
    }
}
