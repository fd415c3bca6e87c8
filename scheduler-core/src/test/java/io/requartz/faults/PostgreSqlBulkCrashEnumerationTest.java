package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class PostgreSqlBulkCrashEnumerationTest extends BulkCrashEnumerationTest {

    PostgreSqlBulkCrashEnumerationTest() {
        super(TestDatabase.POSTGRESQL, 3);
    }
}
