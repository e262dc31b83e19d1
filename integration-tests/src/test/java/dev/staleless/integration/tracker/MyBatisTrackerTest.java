package dev.staleless.integration.tracker;

import javax.sql.DataSource;

class MyBatisTrackerTest extends TrackerContract {

    @Override
    Tracker tracker(DataSource source) {
        return new MyBatisTracker(source);
    }
}
