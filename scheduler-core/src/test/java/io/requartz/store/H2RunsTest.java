package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class H2RunsTest extends RunsContractTest {

    H2RunsTest() {
        super(TestDatabase.H2);
    }
}
