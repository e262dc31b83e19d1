package dev.staleless.integration.tracker;

import javax.sql.DataSource;

class JdbcTrackerTest extends TrackerContract {

    @Override
    Tracker tracker(DataSource source) {
        return new JdbcTracker(source);
    }
}
