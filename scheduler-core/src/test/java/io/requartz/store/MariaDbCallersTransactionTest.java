package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class MariaDbCallersTransactionTest extends CallersTransactionContractTest {

    MariaDbCallersTransactionTest() {
        super(TestDatabase.MARIADB);
    }
}
