package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class PostgreSqlScheduleCrashEnumerationTest extends ScheduleCrashEnumerationTest {

    PostgreSqlScheduleCrashEnumerationTest() {
        super(TestDatabase.POSTGRESQL, 1);
    }
}
