package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class H2SubmissionCrashEnumerationTest extends SubmissionCrashEnumerationTest {

    H2SubmissionCrashEnumerationTest() {
        super(TestDatabase.H2, 1);
    }
}
