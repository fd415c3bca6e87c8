package io.requartz.node;

import io.requartz.testdb.TestDatabase;

final class MySqlWakeUpTest extends WakeUpContractTest {

    MySqlWakeUpTest() {
        super(TestDatabase.MYSQL);
    }
}
