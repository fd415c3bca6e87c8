package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class MySqlDeadLettersTest extends DeadLettersContractTest {

    MySqlDeadLettersTest() {
        super(TestDatabase.MYSQL);
    }
}
