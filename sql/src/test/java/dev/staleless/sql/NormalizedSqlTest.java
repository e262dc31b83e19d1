package dev.staleless.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class NormalizedSqlTest {

    private static String key(String sql) {
        return NormalizedSql.of(sql).key();
    }

    private static CacheHint hint(String sql) {
        return NormalizedSql.of(sql).hint();
    }

    @Example
    void commentsAndWhiteSpaceDoNotCount() {
        assertThat(key("  select  a -- x\n\tfrom /* y */ t  ")).isEqualTo("select a from t");
        assertThat(key("select a/**/from t")).isEqualTo("select a from t");
    }

    @Example
    void everythingElseCounts() {
        assertThat(key("select 'a  b' from \"T  x\"")).isEqualTo("select 'a  b' from \"T  x\"");
        assertThat(key("SELECT a")).isNotEqualTo(key("select a"));
        assertThat(key("select /*+ x */ a")).isNotEqualTo(key("select /*+ y */ a"));
        assertThat(key("select /*! x */ a")).isNotEqualTo(key("select a"));
        assertThat(key("select 'a'\n'b'")).isNotEqualTo(key("select 'a' 'b'"));
        assertThat(key("select a+b")).isNotEqualTo(key("select a +b"));
        assertThat(key("select $$a  -- b$$")).isEqualTo("select $$a  -- b$$");
    }

    @Example
    void aTextWithoutTokensIsItsOwnKey() {
        assertThat(key(" select  'a")).isEqualTo(" select  'a");
    }

    @Property(tries = 2000, seed = "4")
    void theKeyDependsOnTokensAndGapsOnly(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> tokens =
                List.of("select", "a", "'b  c'", "\"d -- e\"", "+", "-", "/*+ h */", "$$ f $$", "?", "(", ")", "1");
        String[] gaps = {" ", "\n", "\t ", "/* x */", " -- y\n", "/* /* z */ */ "};
        List<String> chosen = new ArrayList<>();
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            chosen.add(tokens.get(random.nextInt(tokens.size())));
        }
        String text = chosen.stream().collect(Collectors.joining(" "));
        StringBuilder other = new StringBuilder();
        for (String token : chosen) {
            other.append(gaps[random.nextInt(gaps.length)]).append(token);
        }
        // two strings with a new line between them are one string
        if (text.contains("'b  c' 'b  c'")) {
            return;
        }
        assertThat(key(other.toString())).isEqualTo(text);
        assertThat(key(text)).isEqualTo(text);
    }

    @Example
    void aHintIsFoundInAnyOrdinaryComment() {
        assertThat(hint("select 1")).isEqualTo(new CacheHint.None());
        assertThat(hint("/* other */ select 1 /* staleless: off */")).isEqualTo(new CacheHint.Off());
        assertThat(hint("/*staleless:ttl=60*/select 1")).isEqualTo(new CacheHint.Ttl(Duration.ofSeconds(60)));
        assertThat(hint("select /* Staleless: TTL = 5 m */ 1")).isEqualTo(new CacheHint.Ttl(Duration.ofMinutes(5)));
        assertThat(hint("select '/* staleless: off */'")).isEqualTo(new CacheHint.None());
    }

    @Example
    void aHintThatIsNotUnderstoodIsInvalid() {
        assertThat(hint("/* staleless: ttl=soon */ select 1")).isInstanceOf(CacheHint.Invalid.class);
        assertThat(hint("/* staleless: */ select 1")).isInstanceOf(CacheHint.Invalid.class);
        assertThat(hint("/* staleless: ttl=0 */ select 1")).isInstanceOf(CacheHint.Invalid.class);
        assertThat(hint("/* staleless: off */ select 1 /* staleless: ttl=1 */")).isInstanceOf(CacheHint.Invalid.class);
        assertThat(hint("/* staleless: off */ select 1 /* staleless: off */")).isEqualTo(new CacheHint.Off());
    }
}
