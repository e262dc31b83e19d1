package dev.staleless.benchmarks.differential;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One thread's databases, one for each way in which the server is spoken to. Opened when they are first needed. */
final class Areas implements AutoCloseable {

    private final FuzzDatabase database;
    private final String name;
    private final @Nullable Area[] areas;

    Areas(FuzzDatabase database, String name) {
        this.database = database;
        this.name = name;
        this.areas = new @Nullable Area[database.ways()];
    }

    /** The one in which the round of a seed is run. */
    Area ofSeed(long seed) throws SQLException {
        int way = (int) Math.floorMod(seed, (long) areas.length);
        Area area = areas[way];
        if (area == null) {
            area = database.area(name + "_" + way, way);
            areas[way] = area;
        }
        return area;
    }

    @Override
    public void close() throws SQLException {
        for (Area area : areas) {
            if (area != null) {
                area.close();
            }
        }
    }
}
