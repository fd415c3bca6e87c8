package io.requartz.jdbc;

import io.requartz.testdb.TestDatabase;

final class H2MigrationTest extends MigrationContractTest {

    H2MigrationTest() {
        super(TestDatabase.H2);
    }
}
