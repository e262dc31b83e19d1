package dev.staleless.jdbc.computed;

import dev.staleless.core.codec.DependencyCodec;
import dev.staleless.core.protocol.ValueCache;
import dev.staleless.core.store.EntryKey;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A value that is being computed: its recording is that of its thread from {@link #begin} to {@link #close}. */
final class OpenFilling implements ValueLookup.Filling {

    private final Computations computations;
    private final ComputedKey key;
    private final ComputedSettings settings;
    private final EntryKey note;
    private final ValueCache.@Nullable Flight flight;
    private final Recording recording;
    private final @Nullable Recording around;
    private final @Nullable String barred;

    /** What was declared, for a value that depends on nothing else; null for others, and if that is not certain. */
    private final Recording.@Nullable Result declared;

    private final UUID computation = UUID.randomUUID();
    private final AtomicBoolean decided = new AtomicBoolean();

    private OpenFilling(
            Computations computations,
            ComputedKey key,
            ComputedSettings settings,
            EntryKey note,
            ValueCache.@Nullable Flight flight) {
        this.computations = computations;
        this.key = key;
        this.settings = settings;
        this.note = note;
        this.flight = flight;
        this.around = Recording.current();
        this.recording = new Recording(around, computations.source(), settings.variant() != null);
        this.barred = computations.barsKeeping();
        computations.observe(recording, key, settings);
        this.declared = isTimed() && recording.flaw() == null ? recording.result() : null;
    }

    private boolean isTimed() {
        return settings.scope() == ComputedSettings.Scope.TIME;
    }

    /** @param flight null if another thread computes the value too */
    static OpenFilling begin(
            Computations computations,
            ComputedKey key,
            ComputedSettings settings,
            EntryKey note,
            ValueCache.@Nullable Flight flight) {
        OpenFilling filling;
        try {
            filling = new OpenFilling(computations, key, settings, note, flight);
        } catch (RuntimeException e) {
            if (flight != null) {
                flight.land(false);
            }
            throw e;
        }
        Recording.enter(filling.recording);
        return filling;
    }

    @Override
    public @Nullable String keep(byte @Nullable [] bytes) {
        if (!decided.compareAndSet(false, true)) {
            return "it was decided before";
        }
        String why = refusal();
        Recording.Result result = isTimed() ? declared : recording.result();
        if (why == null && result == null) {
            why = "it is not certain what it depends on";
        }
        if (why != null || result == null) {
            computations.counters().notKept(key.function(), String.valueOf(why));
            land(false);
            return why;
        }
        publish(result, new KeptValue(bytes, isTimed() || recording.flaw() != null).encode());
        return null;
    }

    private @Nullable String refusal() {
        Recording.Flaw flaw = recording.flaw();
        if (barred != null || flaw == null) {
            return barred;
        }
        boolean accepted = switch (settings.scope()) {
            case QUERIES -> false;
            case QUERIES_AND_TIME -> flaw.cause() == Recording.Cause.UNSEEN;
            case TIME -> flaw.cause() != Recording.Cause.WRITES;
        };
        return accepted ? null : flaw.reason();
    }

    @SuppressWarnings("NullAway") // elements of the list may be null, which a class file does not tell of arrays
    private void publish(Recording.Result result, byte[] bytes) {
        byte[] told = DependencyCodec.encode(result.dependencies());
        ValueSource source = computations.source();
        EntryKey value = computations.keys().value(note, told);
        CompletionStage<Void> published = source.values()
                .publish(new ValueCache.Value(
                        value, computation, result.queries(), result.rows(), result.evidence(), bytes, settings.ttl()));
        CompletionStage<Void> noted = source.values().putNote(note, told, result.evidence(), settings.ttl());
        var unused = published.runAfterBoth(noted, () -> {
            computations.counters().kept();
            land(true);
        });
    }

    private void land(boolean published) {
        if (flight != null) {
            flight.land(published);
        }
    }

    @Override
    public String tag() {
        return computation.toString();
    }

    @Override
    public void close() {
        if (decided.compareAndSet(false, true)) {
            land(false);
        }
        Recording.enter(around);
    }
}
