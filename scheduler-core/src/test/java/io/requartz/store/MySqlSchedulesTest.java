package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class MySqlSchedulesTest extends SchedulesContractTest {

    MySqlSchedulesTest() {
        super(TestDatabase.MYSQL);
    }
}
