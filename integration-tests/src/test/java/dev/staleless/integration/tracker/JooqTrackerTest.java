package dev.staleless.integration.tracker;

import javax.sql.DataSource;

class JooqTrackerTest extends TrackerContract {

    @Override
    Tracker tracker(DataSource source) {
        return new JooqTracker(source);
    }
}
