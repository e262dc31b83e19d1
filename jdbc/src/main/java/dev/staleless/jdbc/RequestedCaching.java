package dev.staleless.jdbc;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.protocol.Admission;
import dev.staleless.core.protocol.Keeping;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.jdbc.framework.CacheWish;
import dev.staleless.jdbc.framework.StatementOrigin;
import dev.staleless.jdbc.policy.CachePolicy;
import dev.staleless.sql.CacheHint;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The policy of the facade. What forbids comes before what asks, and what is said nearer to the statement before what is said
 * farther from it: a hint {@code off} (or one that is not understood) or a query's wish, then the thread's innermost scope if it
 * forbids, then the hint's time, then that of the query's wish, then the scope's, then the profiles.
 */
final class RequestedCaching implements CachePolicy {

    /** How a query is kept that asks for it, and nothing says for how long. */
    private static final Keeping WITHOUT_A_TIME =
            Keeping.of(Duration.ofHours(1)).withLock(true);

    private final Profiles profiles;
    private final BooleanSupplier serves;
    private final BooleanSupplier reports;
    private final boolean beforeSnapshot;
    private final Consumer<Collection<TableName>> asked;
    private volatile double verified;

    /**
     * @param serves whether anything is cached now
     * @param reports whether nothing is, and what would be is told
     * @param asked hears of the tables of each query that is to be cached, which may not be enlisted yet; must be quick
     */
    RequestedCaching(
            Profiles profiles,
            BooleanSupplier serves,
            BooleanSupplier reports,
            boolean beforeSnapshot,
            Consumer<Collection<TableName>> asked) {
        this.reports = reports;
        this.beforeSnapshot = beforeSnapshot;
        this.profiles = profiles;
        this.serves = serves;
        this.asked = asked;
    }

    @Override
    public @Nullable Duration ttl(QueryTemplate template, CacheHint hint) {
        Keeping keeping = keeping(template, hint);
        return keeping == null ? null : keeping.ttl();
    }

    @Override
    public @Nullable Keeping keeping(QueryTemplate template, CacheHint hint) {
        Keeping keeping = requested(template, hint);
        if (keeping != null) {
            asked.accept(template.tables());
        }
        return keeping;
    }

    @Override
    public @Nullable Keeping wouldKeep(QueryTemplate template, CacheHint hint) {
        return reports.getAsBoolean() ? wanted(template, hint) : null;
    }

    @Override
    public boolean verifies() {
        double share = verified;
        return share > 0 && (share >= 1 || ThreadLocalRandom.current().nextDouble() < share);
    }

    /** The share of hits that the database answers as well. */
    double verified() {
        return verified;
    }

    /** @param share from 0 for none to 1 for all */
    void verified(double share) {
        verified = share;
    }

    /** Whether anything is served on this thread now. */
    boolean serves() {
        Scope scope = Scope.current();
        return serves.getAsBoolean() && (scope == null || scope.ttl() != null);
    }

    @Override
    public boolean servesBeforeSnapshot() {
        return beforeSnapshot;
    }

    @Override
    public boolean refreshes(CacheHint hint) {
        return hint instanceof CacheHint.Refresh
                || StatementOrigin.currentWish().kind() == CacheWish.Kind.REFRESH;
    }

    private @Nullable Keeping requested(QueryTemplate template, CacheHint hint) {
        return serves.getAsBoolean() ? wanted(template, hint) : null;
    }

    private @Nullable Keeping wanted(QueryTemplate template, CacheHint hint) {
        if (template.uses().isEmpty() || hint instanceof CacheHint.Off || hint instanceof CacheHint.Invalid) {
            return null;
        }
        CacheWish wish = StatementOrigin.currentWish();
        Scope scope = Scope.current();
        if (wish.kind() == CacheWish.Kind.OFF || scope != null && scope.ttl() == null) {
            return null;
        }
        if (hint instanceof CacheHint.Ttl nearest) {
            return always(nearest.ttl());
        }
        Caching wished = wish.caching();
        if (wished != null && wished.ops().operations().contains(template.operation())) {
            return wished.keeping();
        }
        Keeping otherwise = scope != null ? kept(scope.ttl()) : profiles.keeping(template);
        return otherwise == null && wished == null && wish.kind() == CacheWish.Kind.ON ? anyhow(template) : otherwise;
    }

    private Keeping anyhow(QueryTemplate template) {
        Keeping keeping = profiles.keepingOfAnyKind(template);
        return keeping == null ? WITHOUT_A_TIME : keeping;
    }

    /** Who asks for it in the very statement is taken at his word. */
    private static Keeping always(Duration ttl) {
        return Keeping.of(ttl).withLock(true).withAdmission(Admission.ALWAYS);
    }

    private static @Nullable Keeping kept(@Nullable Duration ttl) {
        return ttl == null ? null : Keeping.of(ttl).withLock(true);
    }
}
