package io.requartz.node;

import io.requartz.testdb.TestDatabase;

final class MariaDbWakeUpTest extends WakeUpContractTest {

    MariaDbWakeUpTest() {
        super(TestDatabase.MARIADB);
    }
}
