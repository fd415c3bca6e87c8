package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class PostgreSqlCallersTransactionTest extends CallersTransactionContractTest {

    PostgreSqlCallersTransactionTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
