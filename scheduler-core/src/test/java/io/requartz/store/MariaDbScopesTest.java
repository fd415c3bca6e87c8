package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class MariaDbScopesTest extends ScopesContractTest {

    MariaDbScopesTest() {
        super(TestDatabase.MARIADB);
    }
}
