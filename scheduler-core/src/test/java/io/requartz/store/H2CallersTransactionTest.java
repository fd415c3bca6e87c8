package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class H2CallersTransactionTest extends CallersTransactionContractTest {

    H2CallersTransactionTest() {
        super(TestDatabase.H2);
    }
}
