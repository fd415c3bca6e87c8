package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class PostgreSqlBulkSubmissionTest extends BulkSubmissionContractTest {

    PostgreSqlBulkSubmissionTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
