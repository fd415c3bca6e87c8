package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class H2BulkCrashEnumerationTest extends BulkCrashEnumerationTest {

    H2BulkCrashEnumerationTest() {
        super(TestDatabase.H2, 1);
    }
}
