package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class PostgreSqlDeadLettersTest extends DeadLettersContractTest {

    PostgreSqlDeadLettersTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
