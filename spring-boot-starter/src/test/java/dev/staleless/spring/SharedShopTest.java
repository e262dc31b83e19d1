package dev.staleless.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.spring.shop.Catalogue;
import dev.staleless.spring.shop.Catalogue.View;
import dev.staleless.spring.shop.Item;
import dev.staleless.spring.shop.Items;
import dev.staleless.testkit.server.RedisServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Two instances of the application over one Redis: random calls and writes, and the database is the judge. */
class SharedShopTest {

    private static final long SEED = Long.getLong("tests.seed", 20261124L);
    private static final int STEPS = Integer.getInteger("tests.steps", 300);

    private static final class Instance {
        private final Catalogue catalogue;
        private final Items items;
        private final JdbcClient jdbc;
        private final TransactionTemplate transactions;

        Instance(ConfigurableApplicationContext context) {
            catalogue = context.getBean(Catalogue.class);
            items = context.getBean(Items.class);
            jdbc = context.getBean(JdbcClient.class);
            transactions = context.getBean(TransactionTemplate.class);
        }
    }

    @Test
    void noCallReturnsWhatIsNoLongerSo() throws Exception {
        RedisServer redis = RedisServer.start();
        try (ShopDatabase database = new ShopDatabase();
                ConfigurableApplicationContext one = start(database, redis);
                ConfigurableApplicationContext other = start(database, redis)) {
            List<Instance> instances = List.of(new Instance(one), new Instance(other));
            Random random = new Random(SEED);
            int calls = 0;
            for (int step = 0; step < STEPS; step++) {
                Instance instance = instances.get(random.nextInt(2));
                if (random.nextInt(4) == 0) {
                    change(instance, random);
                } else {
                    calls++;
                    call(instance, random, database.url(), "seed " + SEED + ", step " + step);
                }
            }
            int computed = instances.stream()
                    .mapToInt(each -> each.catalogue.computed())
                    .sum();
            assertThat(computed).as("of %s calls", calls).isLessThan(calls * 7 / 10);
        } finally {
            redis.stop();
        }
    }

    private static ConfigurableApplicationContext start(ShopDatabase database, RedisServer redis) {
        return database.start(
                "staleless.store=redis",
                "staleless.redis.uri=" + redis.uri(),
                "staleless.profiles[public.item]=all ttl=10m");
    }

    private static void change(Instance instance, Random random) {
        int id = 1 + random.nextInt(12);
        int value = random.nextInt(40);
        switch (random.nextInt(6)) {
            case 0 -> instance.catalogue.price(id, value);
            case 1 ->
                instance.jdbc
                        .sql("UPDATE item SET owner = ? WHERE id = ?")
                        .param(value % 3)
                        .param(id)
                        .update();
            case 2 -> instance.catalogue.rename(id, "name " + value);
            case 3 -> instance.items.save(new Item(id, "item " + value, value, value % 3));
            case 4 -> instance.items.findById(id).ifPresent(instance.items::delete);
            default ->
                instance.transactions.executeWithoutResult(status -> {
                    instance.jdbc
                            .sql("UPDATE item SET price = price + 1 WHERE owner = ?")
                            .param(value % 3)
                            .update();
                    // what it has changed it sees
                    instance.catalogue.total(value % 3);
                    instance.catalogue.owned(value % 3);
                    if (value % 2 == 0) {
                        status.setRollbackOnly();
                    }
                });
        }
    }

    private static void call(Instance instance, Random random, String url, String where) throws SQLException {
        int id = 1 + random.nextInt(5);
        int owner = random.nextInt(3);
        switch (random.nextInt(4)) {
            case 0 -> {
                View view = instance.catalogue.view(id);
                String shown = view == null ? "" : view.id() + "," + view.name() + "," + view.price() + ";";
                assertThat(shown).as(where).isEqualTo(query(url, "SELECT id, name, price FROM item WHERE id = " + id));
            }
            case 1 -> {
                StringBuilder shown = new StringBuilder();
                instance.catalogue
                        .owned(owner)
                        .forEach(view -> shown.append(view.id() + "," + view.name() + "," + view.price() + ";"));
                assertThat(shown.toString())
                        .as(where)
                        .isEqualTo(
                                query(url, "SELECT id, name, price FROM item WHERE owner = " + owner + " ORDER BY id"));
            }
            case 2 ->
                assertThat(instance.catalogue.total(owner) + ";")
                        .as(where)
                        .isEqualTo(query(url, "SELECT coalesce(sum(price), 0) FROM item WHERE owner = " + owner));
            default -> {
                List<String> names = new ArrayList<>(instance.catalogue.cheap(1, 30));
                StringBuilder shown = new StringBuilder();
                names.forEach(name -> shown.append(name).append(';'));
                assertThat(shown.toString())
                        .as(where)
                        .isEqualTo(query(url, "SELECT name FROM item WHERE owner = 1 AND price < 30 ORDER BY id"));
            }
        }
    }

    private static String query(String url, String sql) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    text.append(i == 1 ? "" : ",").append(rows.getString(i));
                }
                text.append(';');
            }
        }
        return text.toString();
    }
}
