package dev.staleless.benchmarks.speed;

import java.sql.SQLException;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/** What an application asks and writes. Safe for any thread. */
interface MixWorkload {

    /** Makes the tables, in place of those that are there, with the same rows each time. */
    void create(DataSource database) throws SQLException;

    /** The next query. */
    MixStep query(RandomGenerator random);

    /** The next write. */
    MixStep write(RandomGenerator random);

    default MixStep next(RandomGenerator random, int percentWrites) {
        return random.nextInt(100) < percentWrites ? write(random) : query(random);
    }
}
