package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class MariaDbScopeCrashEnumerationTest extends ScopeCrashEnumerationTest {

    MariaDbScopeCrashEnumerationTest() {
        super(TestDatabase.MARIADB, 9);
    }
}
