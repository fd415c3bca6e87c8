package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class MariaDbBulkCrashEnumerationTest extends BulkCrashEnumerationTest {

    MariaDbBulkCrashEnumerationTest() {
        super(TestDatabase.MARIADB, 7);
    }
}
