package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class PostgreSqlBulkActionsTest extends BulkActionsContractTest {

    PostgreSqlBulkActionsTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
