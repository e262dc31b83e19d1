package dev.staleless.jdbc;

import static dev.staleless.jdbc.Ops.COUNT;
import static dev.staleless.jdbc.Ops.FETCH;
import static dev.staleless.jdbc.Ops.GET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.query.QueryTemplate.Operation;
import dev.staleless.core.query.TableUse;
import dev.staleless.jdbc.framework.CacheWish;
import dev.staleless.jdbc.framework.StatementOrigin;
import dev.staleless.sql.CacheHint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which queries are cached, for how long, and who has the last word. */
class RequestedCachingTest {

    private static final CacheHint NO_HINT = new CacheHint.None();
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<Collection<TableName>> asked = new ArrayList<>();

    private static QueryTemplate query(Operation operation, String... tables) {
        List<TableUse> uses = new ArrayList<>();
        for (String table : tables) {
            String[] parts = table.split("\\.");
            uses.add(new TableUse(
                    uses.size(),
                    "t",
                    new TableName(parts[0], parts[1]),
                    ColumnSet.ALL,
                    ColumnSet.ALL,
                    Condition.OPAQUE,
                    Map.of(),
                    null));
        }
        return new QueryTemplate(operation, uses, 0, Set.of());
    }

    private static Profile profile(String pattern, Ops ops, Duration ttl) {
        return new Profile(TablePattern.parse(pattern), ops, ttl);
    }

    private RequestedCaching policy(Profile... profiles) {
        return new RequestedCaching(new Profiles(List.of(profiles)), () -> true, () -> false, false, asked::add);
    }

    @Test
    void nothingIsCachedThatWasNotAskedFor() {
        assertThat(policy().ttl(query(GET, "public.a"), NO_HINT)).isNull();
        RequestedCaching policy = policy(profile("public.a", Ops.ops(GET), MINUTE));
        assertThat(policy.ttl(query(GET, "public.a"), NO_HINT)).isEqualTo(MINUTE);
        assertThat(policy.ttl(query(FETCH, "public.a"), NO_HINT)).isNull();
        assertThat(policy.ttl(query(GET, "public.b"), NO_HINT)).isNull();
        assertThat(policy.ttl(query(GET), NO_HINT)).isNull();
    }

    @Test
    void theMostSpecificProfileHolds() {
        RequestedCaching policy = policy(
                profile("*.*", Ops.all(), SECOND),
                profile("public.*", Ops.ops(GET), MINUTE),
                profile("public.order*", Ops.ops(COUNT), MINUTE),
                profile("public.order_line", Ops.none(), HOUR));
        assertThat(policy.ttl(query(COUNT, "other.x"), NO_HINT)).isEqualTo(SECOND);
        assertThat(policy.ttl(query(COUNT, "public.x"), NO_HINT)).isNull();
        assertThat(policy.ttl(query(GET, "public.x"), NO_HINT)).isEqualTo(MINUTE);
        assertThat(policy.ttl(query(GET, "public.orders"), NO_HINT)).isNull();
        assertThat(policy.ttl(query(COUNT, "public.orders"), NO_HINT)).isEqualTo(MINUTE);
        assertThat(policy.ttl(query(COUNT, "public.order_line"), NO_HINT)).isNull();
    }

    @Test
    void aQueryMayWishToBeCachedOrNot() {
        RequestedCaching policy = policy(profile("public.a", Ops.ops(GET), MINUTE));
        assertThat(with(CacheWish.OFF, () -> policy.ttl(query(GET, "public.a"), NO_HINT)))
                .isNull();
        assertThat(with(CacheWish.ON, () -> policy.ttl(query(COUNT, "public.a"), NO_HINT)))
                .isEqualTo(MINUTE);
        assertThat(with(CacheWish.ON, () -> policy.ttl(query(GET, "public.b"), NO_HINT)))
                .isEqualTo(HOUR);
        CacheWish counted = CacheWish.cached(Caching.parse("count ttl=1s"));
        assertThat(with(counted, () -> policy.ttl(query(COUNT, "public.b"), NO_HINT)))
                .isEqualTo(SECOND);
        assertThat(with(counted, () -> policy.ttl(query(GET, "public.a"), NO_HINT)))
                .isEqualTo(MINUTE);
    }

    @Test
    void whatForbidsComesBeforeAWish() throws Exception {
        RequestedCaching policy = policy(profile("public.a", Ops.all(), MINUTE));
        assertThat(with(CacheWish.ON, () -> policy.ttl(query(GET, "public.a"), new CacheHint.Off())))
                .isNull();
        Duration scoped =
                Staleless.uncached(() -> with(CacheWish.ON, () -> policy.ttl(query(GET, "public.a"), NO_HINT)));
        assertThat(scoped).isNull();
    }

    @Test
    void aWishToRefreshHoldsForWhatTheProfilesCache() {
        RequestedCaching policy = policy(profile("public.a", Ops.all(), MINUTE));
        assertThat(with(CacheWish.REFRESH, () -> policy.refreshes(NO_HINT))).isTrue();
        assertThat(with(CacheWish.REFRESH, () -> policy.ttl(query(GET, "public.a"), NO_HINT)))
                .isEqualTo(MINUTE);
        assertThat(with(CacheWish.REFRESH, () -> policy.ttl(query(GET, "public.b"), NO_HINT)))
                .isNull();
        assertThat(policy.refreshes(NO_HINT)).isFalse();
        assertThat(policy.refreshes(new CacheHint.Refresh())).isTrue();
    }

    @Test
    void whatAnInnerQueryDoesNotSayTheOneAroundItDoes() {
        new StatementOrigin("outer", CacheWish.OFF).call(() -> {
            new StatementOrigin("inner", CacheWish.UNSAID).call(() -> {
                assertThat(StatementOrigin.current()).isEqualTo(new StatementOrigin("inner", CacheWish.OFF));
                return "";
            });
            return "";
        });
        assertThat(StatementOrigin.current()).isNull();
    }

    @Test
    void whatIsAddedLaterHoldsWhereNothingWasGiven() {
        Profiles profiles = new Profiles(
                List.of(profile("public.a", Ops.ops(GET), MINUTE), profile("public.*", Ops.none(), MINUTE)));
        assertThat(profiles.of(new TableName("public", "b")))
                .isNotNull()
                .extracting(Profile::ops)
                .isEqualTo(Ops.none());
        profiles.add(List.of(profile("public.a", Ops.all(), HOUR), profile("public.b", Ops.all(), HOUR)));
        assertThat(profiles.of(new TableName("public", "a"))).isEqualTo(profile("public.a", Ops.ops(GET), MINUTE));
        assertThat(profiles.of(new TableName("public", "b"))).isEqualTo(profile("public.b", Ops.all(), HOUR));
    }

    private static <T> T with(CacheWish wish, ThrowingSupplier<T, RuntimeException> work) {
        return new StatementOrigin(null, wish).call(work);
    }

    @Test
    void ofEquallySpecificProfilesTheFirstGivenHolds() {
        RequestedCaching policy =
                policy(profile("public.ab*", Ops.all(), SECOND), profile("public.a*b", Ops.all(), MINUTE));
        assertThat(policy.ttl(query(GET, "public.abb"), NO_HINT)).isEqualTo(SECOND);
    }

    @Test
    void everyTableOfAQueryMustAllowItAndTheShortestTimeCounts() {
        RequestedCaching policy =
                policy(profile("public.a", Ops.all(), HOUR), profile("public.b", Ops.ops(FETCH), MINUTE));
        assertThat(policy.ttl(query(FETCH, "public.a", "public.b"), NO_HINT)).isEqualTo(MINUTE);
        assertThat(policy.ttl(query(COUNT, "public.a", "public.b"), NO_HINT)).isNull();
        assertThat(policy.ttl(query(FETCH, "public.a", "public.c"), NO_HINT)).isNull();
    }

    @Test
    void scopesNestAndTheInnermostHolds() {
        RequestedCaching policy = policy(profile("public.a", Ops.all(), HOUR));
        QueryTemplate query = query(GET, "public.a");
        QueryTemplate other = query(GET, "public.b");
        Staleless.cached(MINUTE, () -> {
            assertThat(policy.ttl(query, NO_HINT)).isEqualTo(MINUTE);
            assertThat(policy.ttl(other, NO_HINT)).isEqualTo(MINUTE);
            Staleless.uncached(() -> {
                assertThat(policy.ttl(query, NO_HINT)).isNull();
                assertThat(Staleless.cached(SECOND, () -> policy.ttl(query, NO_HINT)))
                        .isEqualTo(SECOND);
                assertThat(policy.ttl(query, NO_HINT)).isNull();
            });
            assertThat(policy.ttl(query, NO_HINT)).isEqualTo(MINUTE);
        });
        assertThat(policy.ttl(query, NO_HINT)).isEqualTo(HOUR);
        assertThat(policy.ttl(other, NO_HINT)).isNull();
    }

    @Test
    void aScopeEndsWithWhatIsThrownInIt() {
        assertThatThrownBy(() -> Staleless.uncached(() -> {
                    throw new IOException("planned");
                }))
                .isInstanceOf(IOException.class);
        assertThat(Scope.current()).isNull();
    }

    @Test
    void anExceptionOfAScopeKeepsItsType() {
        try {
            String value = Staleless.cached(MINUTE, RequestedCachingTest::mayThrow);
            assertThat(value).isEqualTo("read");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String mayThrow() throws IOException {
        return "read";
    }

    @Test
    void whatForbidsComesFirstAndThenWhatIsNearest() {
        RequestedCaching policy = policy(profile("public.a", Ops.all(), HOUR));
        QueryTemplate query = query(GET, "public.a");
        CacheHint ttl = new CacheHint.Ttl(SECOND);
        assertThat(policy.ttl(query, new CacheHint.Off())).isNull();
        assertThat(policy.ttl(query, new CacheHint.Invalid("why"))).isNull();
        assertThat(policy.ttl(query, ttl)).isEqualTo(SECOND);
        assertThat(Staleless.cached(MINUTE, () -> policy.ttl(query, ttl))).isEqualTo(SECOND);
        assertThat(Staleless.cached(MINUTE, () -> policy.ttl(query, new CacheHint.Off())))
                .isNull();
        assertThat(Staleless.<Object, RuntimeException>uncached(() -> String.valueOf(policy.ttl(query, ttl))))
                .isEqualTo("null");
    }

    @Test
    void tablesOfWhatIsToBeCachedAreAskedFor() {
        RequestedCaching policy = policy(profile("public.a", Ops.all(), HOUR));
        policy.ttl(query(GET, "public.b"), NO_HINT);
        assertThat(asked).isEmpty();
        policy.ttl(query(GET, "public.b", "public.c"), new CacheHint.Ttl(SECOND));
        assertThat(asked).containsExactly(Set.of(new TableName("public", "b"), new TableName("public", "c")));
    }

    @Test
    void aPatternMatchesEachPartForItself() {
        assertThat(TablePattern.parse("public.order*").matches(new TableName("public", "order_line")))
                .isTrue();
        assertThat(TablePattern.parse("p*.*").matches(new TableName("public", "a.b")))
                .isTrue();
        assertThat(TablePattern.parse("public.?").matches(new TableName("public", "ab")))
                .isFalse();
        assertThat(TablePattern.parse("public.*x*y").matches(new TableName("public", "axby")))
                .isTrue();
        assertThat(TablePattern.parse("public.a").matches(new TableName("public", "A")))
                .isFalse();
        assertThatThrownBy(() -> TablePattern.parse("orders")).hasMessageContaining("schema.table");
    }
}
