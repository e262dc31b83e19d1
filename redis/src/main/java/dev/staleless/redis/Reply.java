package dev.staleless.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A command and the reply to it. */
final class Reply<T> extends AsyncCommand<byte[], byte[], T> {

    private final @Nullable String tolerated;

    /**
     * @param tolerated beginning of error replies that count as nil; null for none
     */
    Reply(Command<byte[], byte[], T> command, @Nullable String tolerated) {
        super(command);
        this.tolerated = tolerated;
    }

    /** Waits until there is a reply, whatever it is, or there will be none. */
    void awaitUntil(long deadline) throws TimeoutException, InterruptedException {
        try {
            get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | CancellationException e) {
            // told by failure()
        }
    }

    /** What the server answered; null for nil. To be asked when the pipeline has run. */
    @Nullable
    T value() {
        return isCompletedExceptionally() ? null : getNow(null);
    }

    /** Why there is no reply that counts; null if there is one, or a redirection. */
    @Nullable
    Throwable failure() {
        Throwable cause = cause();
        return isTolerated(cause) || redirection(cause) != null ? null : cause;
    }

    /** The server that is to be asked instead; null if this one has answered. */
    @Nullable
    Redirection redirection() {
        return redirection(cause());
    }

    private static @Nullable Redirection redirection(@Nullable Throwable cause) {
        return cause instanceof RedisCommandExecutionException ? Redirection.parse(cause.getMessage()) : null;
    }

    private @Nullable Throwable cause() {
        if (!isDone()) {
            return new IllegalStateException("no reply");
        }
        try {
            getNow(null);
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        } catch (CancellationException e) {
            return e;
        }
    }

    private boolean isTolerated(@Nullable Throwable cause) {
        return tolerated != null
                && cause instanceof RedisCommandExecutionException
                && String.valueOf(cause.getMessage()).startsWith(tolerated);
    }
}
