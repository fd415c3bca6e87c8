package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class H2ScopesTest extends ScopesContractTest {

    H2ScopesTest() {
        super(TestDatabase.H2);
    }
}
