package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class MySqlRunsTest extends RunsContractTest {

    MySqlRunsTest() {
        super(TestDatabase.MYSQL);
    }
}
