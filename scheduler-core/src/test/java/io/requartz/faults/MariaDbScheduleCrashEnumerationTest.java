package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class MariaDbScheduleCrashEnumerationTest extends ScheduleCrashEnumerationTest {

    MariaDbScheduleCrashEnumerationTest() {
        super(TestDatabase.MARIADB, 7);
    }
}
