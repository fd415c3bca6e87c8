package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class MySqlScheduleCrashEnumerationTest extends ScheduleCrashEnumerationTest {

    MySqlScheduleCrashEnumerationTest() {
        super(TestDatabase.MYSQL, 7);
    }
}
