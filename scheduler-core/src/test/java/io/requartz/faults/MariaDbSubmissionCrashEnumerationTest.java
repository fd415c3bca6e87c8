package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class MariaDbSubmissionCrashEnumerationTest extends SubmissionCrashEnumerationTest {

    MariaDbSubmissionCrashEnumerationTest() {
        super(TestDatabase.MARIADB, 3);
    }
}
