package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class MariaDbBulkActionsTest extends BulkActionsContractTest {

    MariaDbBulkActionsTest() {
        super(TestDatabase.MARIADB);
    }
}
