package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class MariaDbCrashEnumerationTest extends CrashEnumerationTest {

    MariaDbCrashEnumerationTest() {
        super(TestDatabase.MARIADB, 7);
    }
}
