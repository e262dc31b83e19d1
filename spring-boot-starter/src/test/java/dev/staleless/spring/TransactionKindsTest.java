package dev.staleless.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions of every kind within each other at random: at each moment the cached answer is the one that the same transaction gets from
 * the database, and afterwards the one that everybody gets.
 */
class TransactionKindsTest {

    private static final long SEED = Long.getLong("tests.seed", 20_261_125L);
    private static final int STEPS = Integer.getInteger("tests.steps", 120);
    private static final String OWNED = "SELECT id, name, price FROM item WHERE owner = ? ORDER BY id";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(StalelessAutoConfiguration.class))
            .withPropertyValues("staleless.cache-everything=10m", "staleless.admission=always");

    /** Does work in a transaction of some kind. */
    public static class Kinds {

        @Transactional
        public void required(Runnable work) {
            work.run();
        }

        @Transactional(propagation = Propagation.REQUIRES_NEW)
        public void requiresNew(Runnable work) {
            work.run();
        }

        @Transactional(propagation = Propagation.NESTED)
        public void nested(Runnable work) {
            work.run();
        }

        @Transactional(propagation = Propagation.SUPPORTS)
        public void supports(Runnable work) {
            work.run();
        }

        @Transactional(propagation = Propagation.NOT_SUPPORTED)
        public void notSupported(Runnable work) {
            work.run();
        }

        @Transactional(propagation = Propagation.MANDATORY)
        public void mandatory(Runnable work) {
            work.run();
        }

        @Transactional(propagation = Propagation.NEVER)
        public void never(Runnable work) {
            work.run();
        }

        @Transactional(noRollbackFor = UncheckedIOException.class)
        public void keepsWhatWasDone(Runnable work) {
            work.run();
        }

        @Transactional(rollbackFor = IOException.class)
        public void undoesFor(Runnable work) throws IOException {
            work.run();
            throw new IOException("checked");
        }

        @Transactional(readOnly = true)
        public void readOnly(Runnable work) {
            work.run();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Application {
        @Bean
        ShopDatabase shop() throws Exception {
            return new ShopDatabase();
        }

        @Bean
        DataSource dataSource(ShopDatabase shop) {
            return pool(shop);
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        Kinds kinds() {
            return new Kinds();
        }
    }

    /** The same behind a proxy that takes no connection before it is needed. */
    @Configuration(proxyBeanMethods = false)
    static class LazyApplication extends Application {
        @Bean
        @Override
        DataSource dataSource(ShopDatabase shop) {
            return new LazyConnectionDataSourceProxy(pool(shop));
        }
    }

    private static HikariDataSource pool(ShopDatabase shop) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(shop.url());
        pool.setMaximumPoolSize(8);
        pool.setMinimumIdle(0);
        return pool;
    }

    /** One run over an application. */
    private static final class Play {
        private final Random random = new Random(SEED);
        private final Kinds kinds;
        private final JdbcClient jdbc;
        private final JdbcClient direct;
        private final TransactionTemplate template;
        private boolean mayWrite = true;
        private String where = "";

        Play(Kinds kinds, DataSource dataSource, ShopDatabase shop, PlatformTransactionManager manager) {
            this.kinds = kinds;
            jdbc = JdbcClient.create(dataSource);
            direct = JdbcClient.create(new org.springframework.jdbc.datasource.DriverManagerDataSource(shop.url()));
            template = new TransactionTemplate(manager);
        }

        private void run() {
            for (int step = 0; step < STEPS; step++) {
                where = "seed " + SEED + ", step " + step;
                attempt(() -> within(3));
                for (int owner = 0; owner < 3; owner++) {
                    assertThat(owned(jdbc, owner)).as(where).isEqualTo(owned(direct, owner));
                }
            }
        }

        private static List<String> owned(JdbcClient client, int owner) {
            return client.sql(OWNED)
                    .param(owner)
                    .query((row, i) -> row.getInt(1) + row.getString(2) + row.getInt(3))
                    .list();
        }

        private void compare() {
            int owner = random.nextInt(3);
            List<String> cached = owned(jdbc, owner);
            List<String> asked = Staleless.uncached(() -> owned(jdbc, owner));
            assertThat(cached).as(where).isEqualTo(asked);
        }

        /** What fails by the rules of transactions is no failure of the test. */
        private static void attempt(Runnable work) {
            try {
                work.run();
            } catch (IllegalTransactionStateException
                    | UnexpectedRollbackException
                    | UncheckedIOException
                    | ArithmeticException expected) {
                // undone, or refused
            }
        }

        private void within(int depth) {
            compare();
            if (mayWrite) {
                write();
                compare();
            }
            if (depth > 0) {
                boolean caught = random.nextBoolean();
                Runnable inner = () -> inner(depth - 1);
                if (caught) {
                    attempt(inner);
                } else {
                    inner.run();
                }
                compare();
            }
            switch (random.nextInt(6)) {
                case 0 -> throw new ArithmeticException("unchecked");
                case 1 -> throw new UncheckedIOException(new IOException("kept by some"));
                default -> {}
            }
        }

        private void inner(int depth) {
            boolean before = mayWrite;
            try {
                Runnable work = () -> within(depth);
                switch (random.nextInt(11)) {
                    case 0 -> kinds.required(work);
                    case 1 -> alone(() -> kinds.requiresNew(work));
                    case 2 -> kinds.nested(work);
                    case 3 -> kinds.supports(work);
                    case 4 -> alone(() -> kinds.notSupported(work));
                    case 5 -> kinds.mandatory(work);
                    case 6 -> kinds.never(work);
                    case 7 -> kinds.keepsWhatWasDone(work);
                    case 8 -> undone(work);
                    case 9 -> {
                        mayWrite = false;
                        kinds.readOnly(work);
                    }
                    default ->
                        template.executeWithoutResult(status -> {
                            within(depth);
                            if (random.nextBoolean()) {
                                status.setRollbackOnly();
                            }
                        });
                }
            } finally {
                mayWrite = before;
            }
        }

        /** Beside a transaction that has rows locked: only reads. */
        private void alone(Runnable work) {
            mayWrite = false;
            work.run();
        }

        private void undone(Runnable work) {
            try {
                kinds.undoesFor(work);
            } catch (IOException expected) {
                // it was undone
            }
        }

        private void write() {
            int id = 1 + random.nextInt(12);
            switch (random.nextInt(4)) {
                case 0 ->
                    jdbc.sql("UPDATE item SET price = price + 1 WHERE id = ?")
                            .param(id)
                            .update();
                case 1 ->
                    jdbc.sql("UPDATE item SET owner = ? WHERE id = ?")
                            .param(random.nextInt(3))
                            .param(id)
                            .update();
                case 2 -> jdbc.sql("DELETE FROM item WHERE id = ?").param(id).update();
                default ->
                    jdbc.sql("INSERT INTO item VALUES (?, 'new', ?, ?) ON CONFLICT (id) DO NOTHING")
                            .param(id)
                            .param(random.nextInt(90))
                            .param(random.nextInt(3))
                            .update();
            }
        }
    }

    @Test
    void everyKindSeesItsOwnChangesAndLeavesNoOtherBehind() {
        play(Application.class);
    }

    @Test
    void soItIsWithConnectionsThatAreTakenLate() {
        play(LazyApplication.class);
    }

    private void play(Class<?> application) {
        runner.withUserConfiguration(application).run(context -> {
            DataSource dataSource = context.getBean(DataSource.class);
            new Play(
                            context.getBean(Kinds.class),
                            dataSource,
                            context.getBean(ShopDatabase.class),
                            context.getBean(PlatformTransactionManager.class))
                    .run();
            StalelessDataSource wrapped = dataSource.unwrap(StalelessDataSource.class);
            assertThat(wrapped.statistics().hits())
                    .as("%s", wrapped.statistics())
                    .isGreaterThan(50);
        });
    }
}
