package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class MySqlBulkActionsTest extends BulkActionsContractTest {

    MySqlBulkActionsTest() {
        super(TestDatabase.MYSQL);
    }
}
