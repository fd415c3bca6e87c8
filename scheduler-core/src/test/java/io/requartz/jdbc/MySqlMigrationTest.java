package io.requartz.jdbc;

import io.requartz.testdb.TestDatabase;

final class MySqlMigrationTest extends MigrationContractTest {

    MySqlMigrationTest() {
        super(TestDatabase.MYSQL);
    }
}
