package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class H2CrashEnumerationTest extends CrashEnumerationTest {

    H2CrashEnumerationTest() {
        super(TestDatabase.H2, 1);
    }
}
