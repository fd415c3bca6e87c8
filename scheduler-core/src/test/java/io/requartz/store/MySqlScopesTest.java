package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class MySqlScopesTest extends ScopesContractTest {

    MySqlScopesTest() {
        super(TestDatabase.MYSQL);
    }
}
