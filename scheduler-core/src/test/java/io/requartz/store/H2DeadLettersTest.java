package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class H2DeadLettersTest extends DeadLettersContractTest {

    H2DeadLettersTest() {
        super(TestDatabase.H2);
    }
}
