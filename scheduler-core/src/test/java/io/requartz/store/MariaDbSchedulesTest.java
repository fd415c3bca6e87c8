package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class MariaDbSchedulesTest extends SchedulesContractTest {

    MariaDbSchedulesTest() {
        super(TestDatabase.MARIADB);
    }
}
