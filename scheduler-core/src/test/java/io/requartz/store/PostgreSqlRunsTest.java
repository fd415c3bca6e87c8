package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class PostgreSqlRunsTest extends RunsContractTest {

    PostgreSqlRunsTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
