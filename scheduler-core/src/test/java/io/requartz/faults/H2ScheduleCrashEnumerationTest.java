package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class H2ScheduleCrashEnumerationTest extends ScheduleCrashEnumerationTest {

    H2ScheduleCrashEnumerationTest() {
        super(TestDatabase.H2, 1);
    }
}
