package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class MySqlBulkCrashEnumerationTest extends BulkCrashEnumerationTest {

    MySqlBulkCrashEnumerationTest() {
        super(TestDatabase.MYSQL, 7);
    }
}
