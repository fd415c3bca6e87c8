package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class PostgreSqlScopesTest extends ScopesContractTest {

    PostgreSqlScopesTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
