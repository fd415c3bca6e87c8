package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class MySqlCallersTransactionTest extends CallersTransactionContractTest {

    MySqlCallersTransactionTest() {
        super(TestDatabase.MYSQL);
    }
}
