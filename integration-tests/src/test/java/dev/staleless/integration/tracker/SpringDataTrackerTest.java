package dev.staleless.integration.tracker;

import javax.sql.DataSource;

class SpringDataTrackerTest extends TrackerContract {

    @Override
    Tracker tracker(DataSource source) {
        return SpringDataTracker.over(source);
    }
}
