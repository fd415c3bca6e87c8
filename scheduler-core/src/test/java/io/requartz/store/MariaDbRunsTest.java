package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class MariaDbRunsTest extends RunsContractTest {

    MariaDbRunsTest() {
        super(TestDatabase.MARIADB);
    }
}
