package io.requartz.jdbc;

import io.requartz.testdb.TestDatabase;

final class MariaDbMigrationTest extends MigrationContractTest {

    MariaDbMigrationTest() {
        super(TestDatabase.MARIADB);
    }
}
