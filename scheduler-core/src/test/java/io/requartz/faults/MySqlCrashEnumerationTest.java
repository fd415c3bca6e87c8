package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class MySqlCrashEnumerationTest extends CrashEnumerationTest {

    MySqlCrashEnumerationTest() {
        super(TestDatabase.MYSQL, 7);
    }
}
