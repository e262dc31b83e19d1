package dev.staleless.redis;

import dev.staleless.core.store.StoreException;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.KeyScanOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Commands for one connection, sent in one flush and executed in their order, or a prefix of them if the connection breaks.
 * Filled by one thread, sent once. Every reply is checked, but for redirections, which are the caller's to follow. A connection that does not answer in time is ended, and so is one
 * whose server says that it is no primary any more.
 */
final class Pipeline {

    private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;
    private static final byte[] NOTHING = {};

    private final Wire wire;
    private final List<Reply<?>> replies = new ArrayList<>();

    Pipeline(Wire wire) {
        this.wire = wire;
    }

    /** Nil too if the key holds something else than a string: publishing replaces it. */
    Reply<byte[]> get(byte[] key) {
        return add(CommandType.GET, new ValueOutput<>(CODEC), args(key), "WRONGTYPE");
    }

    /** The first bytes of a string. */
    Reply<byte[]> beginning(byte[] key, int length) {
        return add(
                CommandType.GETRANGE, new ValueOutput<>(CODEC), args(key).add(0).add(length - 1L), "WRONGTYPE");
    }

    /** Frees a key, whatever it holds, off the server's main thread. */
    Reply<Long> free(byte[] key) {
        return add(CommandType.UNLINK, new IntegerOutput<>(CODEC), args(key), null);
    }

    /** Some of the server's strings whose names match, and where to go on. */
    Reply<KeyScanCursor<byte[]>> scanStrings(String cursor, String pattern, int count) {
        CommandArgs<byte[], byte[]> args = args().add(cursor)
                .add("MATCH")
                .add(pattern)
                .add("COUNT")
                .add(count)
                .add("TYPE")
                .add("string");
        return add(CommandType.SCAN, new KeyScanOutput<>(CODEC), args, null);
    }

    Reply<String> set(byte[] key, byte[] value, Duration ttl) {
        CommandArgs<byte[], byte[]> args = args(key).addValue(value).add("PX").add(ttl.toMillis());
        return add(CommandType.SET, new StatusOutput<>(CODEC), args, null);
    }

    /** Unless there is a value. */
    Reply<String> setIfMissing(byte[] key, byte[] value, Duration ttl) {
        CommandArgs<byte[], byte[]> args =
                args(key).addValue(value).add("NX").add("PX").add(ttl.toMillis());
        return add(CommandType.SET, new StatusOutput<>(CODEC), args, null);
    }

    /** Over a value that is there, which keeps its time to live. */
    Reply<String> setOver(byte[] key, byte[] value) {
        CommandArgs<byte[], byte[]> args = args(key).addValue(value).add("XX").add("KEEPTTL");
        return add(CommandType.SET, new StatusOutput<>(CODEC), args, null);
    }

    Reply<byte[]> newest(byte[] key) {
        return add(CommandType.LINDEX, new ValueOutput<>(CODEC), args(key).add(0), null);
    }

    /** So many, or all if there are fewer. */
    Reply<List<byte[]>> newest(byte[] key, int number) {
        return add(
                CommandType.LRANGE,
                new ValueListOutput<>(CODEC),
                args(key).add(0).add(number - 1L),
                null);
    }

    Reply<Long> pushNewest(byte[] key, byte[] element) {
        return add(CommandType.LPUSH, new IntegerOutput<>(CODEC), args(key).addValue(element), null);
    }

    Reply<Long> pushOldest(byte[] key, byte[] element) {
        return add(CommandType.RPUSH, new IntegerOutput<>(CODEC), args(key).addValue(element), null);
    }

    Reply<String> trim(byte[] key, int kept) {
        return add(
                CommandType.LTRIM, new StatusOutput<>(CODEC), args(key).add(0).add(kept - 1L), null);
    }

    Reply<Long> expire(byte[] key, Duration ttl) {
        return add(CommandType.PEXPIRE, new IntegerOutput<>(CODEC), args(key).add(ttl.toMillis()), null);
    }

    /** Alternately fields and values. */
    Reply<List<byte[]>> fields(byte[] key) {
        return add(CommandType.HGETALL, new ValueListOutput<>(CODEC), args(key), null);
    }

    Reply<byte[]> field(byte[] key, byte[] field) {
        return add(CommandType.HGET, new ValueOutput<>(CODEC), args(key).addValue(field), null);
    }

    Reply<Long> setField(byte[] key, byte[] field, byte[] value) {
        CommandArgs<byte[], byte[]> args = args(key).addValue(field).addValue(value);
        return add(CommandType.HSET, new IntegerOutput<>(CODEC), args, null);
    }

    Reply<Long> setField(byte[] key, byte[] field) {
        return setField(key, field, NOTHING);
    }

    Reply<Long> setFieldIfMissing(byte[] key, byte[] field, byte[] value) {
        CommandArgs<byte[], byte[]> args = args(key).addValue(field).addValue(value);
        return add(CommandType.HSETNX, new IntegerOutput<>(CODEC), args, null);
    }

    Reply<Long> deleteField(byte[] key, byte[] field) {
        return add(CommandType.HDEL, new IntegerOutput<>(CODEC), args(key).addValue(field), null);
    }

    /** Lets the next command be executed although the slot of its key is still being moved here. */
    Reply<String> asking() {
        return add(CommandType.ASKING, new StatusOutput<>(CODEC), args(), null);
    }

    /** Which server of a Cluster holds which slots. */
    Reply<List<Object>> clusterSlots() {
        return add(CommandType.CLUSTER, new ArrayOutput<>(CODEC), args().add("SLOTS"), null);
    }

    Reply<String> clusterInfo() {
        return add(CommandType.CLUSTER, new StatusOutput<>(CODEC), args().add("INFO"), null);
    }

    Reply<String> info(String section) {
        return add(CommandType.INFO, new StatusOutput<>(CODEC), args().add(section), null);
    }

    /** Nil if the server does not know the command or does not allow it. */
    Reply<Long> clientId() {
        return add(CommandType.CLIENT, new IntegerOutput<>(CODEC), args().add("ID"), "");
    }

    /** What remains of a key's time to live, in milliseconds; negative if there is none. */
    Reply<Long> remaining(byte[] key) {
        return add(CommandType.PTTL, new IntegerOutput<>(CODEC), args(key), null);
    }

    /** From now on the server tells this connection when a key changes that it has read since the last time it was told of that key. */
    Reply<String> trackReads() {
        return add(
                CommandType.CLIENT,
                new StatusOutput<>(CODEC),
                args().add("TRACKING").add("ON"),
                null);
    }

    /** Zero if reads are tracked, and told on this connection itself. */
    Reply<Long> trackingRedirection() {
        return add(CommandType.CLIENT, new IntegerOutput<>(CODEC), args().add("GETREDIR"), null);
    }

    /** Ends another connection to the server; nil if it does not allow that, or there is none of this number. */
    Reply<Long> endClient(long clientId) {
        CommandArgs<byte[], byte[]> args = args().add("KILL").add("ID").add(clientId);
        return add(CommandType.CLIENT, new IntegerOutput<>(CODEC), args, "");
    }

    /**
     * Sends the commands and waits for all replies.
     *
     * @throws StoreException if any reply is missing or an error; every command was executed at most once
     */
    void run(Duration timeout) {
        try {
            dispatch();
            awaitAll(System.nanoTime() + timeout.toNanos());
        } catch (TimeoutException e) {
            throw timedOut(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted while waiting for " + wire.where(), e);
        } catch (RedisException e) {
            throw failed(unwrapped(e));
        }
        Throwable failure = firstFailure();
        if (failure != null) {
            throw failed(unwrapped(failure));
        }
    }

    /** The last reply comes last: when it is there, so are the others, but for a connection that ends in between. */
    private void awaitAll(long deadline) throws TimeoutException, InterruptedException {
        for (int i = replies.size() - 1; i >= 0; i--) {
            Reply<?> reply = replies.get(i);
            if (!reply.isDone()) {
                reply.awaitUntil(deadline);
            }
        }
    }

    private void dispatch() {
        if (replies.size() == 1) {
            wire.connection().dispatch(replies.get(0));
        } else if (!replies.isEmpty()) {
            wire.connection().dispatch(replies);
        }
    }

    /** As {@link #run}, without waiting. What depends on the stage is run by the connection's thread and must not block. */
    CompletableFuture<Void> start(Duration timeout) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        send().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).whenComplete((nothing, failure) -> {
            if (failure == null) {
                done.complete(null);
            } else {
                Throwable cause = unwrapped(failure);
                done.completeExceptionally(cause instanceof TimeoutException ? timedOut(timeout) : failed(cause));
            }
        });
        return done;
    }

    /** Completes when all replies have come, or will never. */
    private CompletableFuture<Void> send() {
        if (replies.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            dispatch();
        } catch (RedisException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<?> all = replies.size() == 1
                ? replies.get(0)
                : CompletableFuture.allOf(replies.toArray(CompletableFuture<?>[]::new));
        return all.handle((nothing, failure) -> firstFailure())
                .thenCompose(failure -> failure == null
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(failure));
    }

    private @Nullable Throwable firstFailure() {
        for (Reply<?> reply : replies) {
            Throwable failure = reply.failure();
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    private StoreException timedOut(Duration timeout) {
        wire.close();
        return new StoreException(wire.where() + " did not answer within " + timeout.toMillis() + " ms");
    }

    private StoreException failed(Throwable cause) {
        if (!(cause instanceof RedisCommandExecutionException)) {
            return new StoreException(
                    "The connection to " + wire.where() + " ended before it answered (" + cause + ")", cause);
        }
        String message = String.valueOf(cause.getMessage());
        if (message.startsWith("READONLY")) {
            wire.close();
        }
        return new StoreException(wire.where() + " did not do what it was asked: " + message, cause);
    }

    private static Throwable unwrapped(Throwable failure) {
        boolean wrapper = failure instanceof ExecutionException || failure instanceof CompletionException;
        Throwable cause = failure.getCause();
        return wrapper && cause != null ? unwrapped(cause) : failure;
    }

    private static CommandArgs<byte[], byte[]> args() {
        return new CommandArgs<>(CODEC);
    }

    private static CommandArgs<byte[], byte[]> args(byte[] key) {
        return args().addKey(key);
    }

    private <T> Reply<T> add(
            CommandType type,
            CommandOutput<byte[], byte[], T> output,
            CommandArgs<byte[], byte[]> args,
            @Nullable String tolerated) {
        Reply<T> reply = new Reply<>(new Command<>(type, output, args), tolerated);
        replies.add(reply);
        return reply;
    }
}
