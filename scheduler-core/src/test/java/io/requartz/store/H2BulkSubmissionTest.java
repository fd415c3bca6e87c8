package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class H2BulkSubmissionTest extends BulkSubmissionContractTest {

    H2BulkSubmissionTest() {
        super(TestDatabase.H2);
    }
}
