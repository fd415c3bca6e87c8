package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class MariaDbDeadLettersTest extends DeadLettersContractTest {

    MariaDbDeadLettersTest() {
        super(TestDatabase.MARIADB);
    }
}
