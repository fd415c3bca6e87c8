package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class PostgreSqlCrashEnumerationTest extends CrashEnumerationTest {

    PostgreSqlCrashEnumerationTest() {
        super(TestDatabase.POSTGRESQL, 1);
    }
}
