package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class H2ScopeCrashEnumerationTest extends ScopeCrashEnumerationTest {

    H2ScopeCrashEnumerationTest() {
        super(TestDatabase.H2, 1);
    }
}
