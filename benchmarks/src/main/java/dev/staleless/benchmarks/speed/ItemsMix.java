package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Servers;
import java.sql.SQLException;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/**
 * The hardest that can be asked of a cache: queries by keys, which a database on the same machine answers in microseconds, and writes
 * that go to the rows that are read most.
 */
final class ItemsMix implements MixWorkload {

    private static final List<String> ITEM = List.of("item");

    private final Zipf ids = new Zipf(Items.ROWS);

    @Override
    public void create(DataSource database) throws SQLException {
        Servers.execute(database, "DROP TABLE IF EXISTS item, other");
        Items.create(database);
    }

    @Override
    public MixStep query(RandomGenerator random) {
        int id = ids.next(random);
        return random.nextInt(3) > 0
                ? MixStep.query(Items.Kind.ONE.sql(), ITEM, id)
                : MixStep.query(Items.Kind.TWENTY.sql(), ITEM, id / 20);
    }

    @Override
    public MixStep write(RandomGenerator random) {
        return MixStep.write("UPDATE item SET price = price + 1 WHERE id = ?", "item", (long) ids.next(random));
    }
}
