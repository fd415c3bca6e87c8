package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class PostgreSqlSchedulesTest extends SchedulesContractTest {

    PostgreSqlSchedulesTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
