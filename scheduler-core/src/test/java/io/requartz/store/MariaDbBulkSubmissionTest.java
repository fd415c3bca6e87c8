package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class MariaDbBulkSubmissionTest extends BulkSubmissionContractTest {

    MariaDbBulkSubmissionTest() {
        super(TestDatabase.MARIADB);
    }
}
