package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class MySqlBulkSubmissionTest extends BulkSubmissionContractTest {

    MySqlBulkSubmissionTest() {
        super(TestDatabase.MYSQL);
    }
}
