package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class H2BulkActionsTest extends BulkActionsContractTest {

    H2BulkActionsTest() {
        super(TestDatabase.H2);
    }
}
