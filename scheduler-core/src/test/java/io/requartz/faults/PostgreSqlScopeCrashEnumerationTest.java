package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class PostgreSqlScopeCrashEnumerationTest extends ScopeCrashEnumerationTest {

    PostgreSqlScopeCrashEnumerationTest() {
        super(TestDatabase.POSTGRESQL, 3);
    }
}
