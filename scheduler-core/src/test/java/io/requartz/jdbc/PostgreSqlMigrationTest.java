package io.requartz.jdbc;

import io.requartz.testdb.TestDatabase;

final class PostgreSqlMigrationTest extends MigrationContractTest {

    PostgreSqlMigrationTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
