package dev.staleless.redis;

import dev.staleless.core.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Commands on keys, each sent to the server that holds its key: one pipeline for each server. Filled by one thread, sent once.
 *
 * <p>A server of a Cluster that does not hold a key answers with the one that does. It has executed nothing then, so sending the
 * command there repeats nothing. Commands on one key keep their order: whoever is sent on is so behind those that were executed.
 */
final class Batch {

    /**
     * So many redirections are followed at once: a slot is moved in two steps, and the answer may be old by one move. After these the
     * servers do not agree about a slot for a moment, as they hear of a move one after the other: each further one has a pause before it.
     */
    private static final int REDIRECTIONS_AT_ONCE = 3;

    private static final long FIRST_PAUSE = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(50).toNanos();

    /** A command; its server is known when it is made. */
    interface Command<T> {
        Reply<T> on(Pipeline pipeline, Link link);
    }

    /** What a server answered, and which one. To be asked when the batch has run. */
    static final class Answer<T> {
        private final byte[] key;
        private final Command<T> command;
        private @Nullable Reply<T> reply;
        private @Nullable Link link;

        private Answer(byte[] key, Command<T> command) {
            this.key = key;
            this.command = command;
        }

        private void send(Pipeline pipeline, Link to) {
            reply = command.on(pipeline, to);
            link = to;
        }

        /** Null for nil. */
        @Nullable
        T value() {
            return Objects.requireNonNull(reply).value();
        }

        Link link() {
            return Objects.requireNonNull(link);
        }

        private @Nullable Redirection redirection() {
            return reply == null ? null : reply.redirection();
        }
    }

    private record Target(Lines lines, boolean asking) {}

    private final Servers servers;
    private final Lines.Purpose purpose;
    private final Duration timeout;
    private final List<Answer<?>> answers = new ArrayList<>();

    Batch(Servers servers, Lines.Purpose purpose, Duration timeout) {
        this.servers = servers;
        this.purpose = purpose;
        this.timeout = timeout;
    }

    <T> Answer<T> add(byte[] key, Command<T> command) {
        Answer<T> answer = new Answer<>(key, command);
        answers.add(answer);
        return answer;
    }

    /**
     * Sends the commands and waits for all replies.
     *
     * @throws StoreException if any reply is missing or an error; every command was executed at most once
     */
    void run() {
        if (servers.one()) {
            runOnOne();
            return;
        }
        Map<Target, List<Answer<?>>> targets = targets();
        if (targets.size() == 1) {
            // the usual case: no stage is needed to wait for one pipeline
            targets.forEach((target, asked) -> pipeline(target, asked).run(timeout));
        } else {
            join(started(targets));
        }
        follow();
    }

    /** The usual case, and the quickest: whatever the keys, there is one pipeline. */
    private void runOnOne() {
        if (!answers.isEmpty()) {
            pipeline(new Target(servers.holding(answers.get(0).key), false), answers)
                    .run(timeout);
            follow();
        }
    }

    /**
     * As {@link #run}, without waiting for replies.
     *
     * @param executor runs what is to be sent on to another server, which may wait
     */
    CompletableFuture<Void> start(Executor executor) {
        return started(targets())
                .thenCompose(done -> redirected().isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.runAsync(this::follow, executor));
    }

    private Map<Target, List<Answer<?>>> targets() {
        Map<Target, List<Answer<?>>> targets = new LinkedHashMap<>();
        for (Answer<?> answer : answers) {
            Target target = new Target(servers.holding(answer.key), false);
            targets.computeIfAbsent(target, key -> new ArrayList<>()).add(answer);
        }
        return targets;
    }

    private Pipeline pipeline(Target target, List<Answer<?>> asked) {
        Link link;
        try {
            link = target.lines().line(purpose).link(timeout);
        } catch (StoreException e) {
            servers.unreachable(target.lines());
            throw e;
        }
        Pipeline pipeline = link.pipeline();
        for (Answer<?> answer : asked) {
            if (target.asking()) {
                pipeline.asking();
            }
            answer.send(pipeline, link);
        }
        return pipeline;
    }

    /** All are started before the first is waited for. One that cannot be sent does not keep the others back. */
    private CompletableFuture<Void> started(Map<Target, List<Answer<?>>> targets) {
        List<CompletableFuture<Void>> stages = new ArrayList<>(targets.size());
        targets.forEach((target, asked) -> {
            try {
                stages.add(pipeline(target, asked).start(timeout));
            } catch (StoreException e) {
                stages.add(CompletableFuture.failedFuture(e));
            }
        });
        return stages.size() == 1
                ? stages.get(0)
                : CompletableFuture.allOf(stages.toArray(CompletableFuture<?>[]::new));
    }

    private static void join(CompletableFuture<Void> stage) {
        try {
            stage.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StoreException cause ? cause : new StoreException("No answer", e);
        }
    }

    private List<Answer<?>> redirected() {
        List<Answer<?>> redirected = new ArrayList<>(0);
        for (Answer<?> answer : answers) {
            if (answer.redirection() != null) {
                redirected.add(answer);
            }
        }
        return redirected;
    }

    /** Sends on what was redirected, until nothing is or the time is over. */
    private void follow() {
        List<Answer<?>> redirected = redirected();
        if (redirected.isEmpty()) {
            return;
        }
        long end = System.nanoTime() + timeout.toNanos();
        for (int i = 0; !redirected.isEmpty(); i++) {
            if (i >= REDIRECTIONS_AT_ONCE) {
                pause(i, end, redirected.get(0));
            }
            Map<Target, List<Answer<?>>> targets = new LinkedHashMap<>();
            for (Answer<?> answer : redirected) {
                targets.computeIfAbsent(target(answer), key -> new ArrayList<>())
                        .add(answer);
            }
            join(started(targets));
            redirected = redirected();
        }
    }

    private void pause(int redirections, long end, Answer<?> last) {
        if (Thread.interrupted()) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted while the servers of a Redis Cluster sent a command on");
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw new StoreException(
                    "The servers of a Redis Cluster sent a command on " + redirections + " times within " + timeout
                            + ", the last time with " + last.redirection() + ": see CLUSTER NODES on each of them");
        }
        long pause = FIRST_PAUSE << Math.min(redirections - REDIRECTIONS_AT_ONCE, 6);
        LockSupport.parkNanos(Math.min(left, Math.min(pause, LONGEST_PAUSE)));
    }

    private Target target(Answer<?> answer) {
        Redirection redirection = Objects.requireNonNull(answer.redirection());
        Lines lines = servers.at(redirection.address(answer.link().host()));
        if (lines == null) {
            throw new StoreException(answer.link().where() + " is part of a Cluster: use redis-cluster://");
        }
        if (!redirection.asking()) {
            servers.moved(answer.key, lines);
        }
        return new Target(lines, redirection.asking());
    }
}
