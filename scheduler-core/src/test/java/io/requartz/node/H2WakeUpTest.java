package io.requartz.node;

import io.requartz.testdb.TestDatabase;

final class H2WakeUpTest extends WakeUpContractTest {

    H2WakeUpTest() {
        super(TestDatabase.H2);
    }
}
