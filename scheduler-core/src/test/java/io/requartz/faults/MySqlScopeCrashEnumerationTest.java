package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class MySqlScopeCrashEnumerationTest extends ScopeCrashEnumerationTest {

    MySqlScopeCrashEnumerationTest() {
        super(TestDatabase.MYSQL, 9);
    }
}
