package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class MySqlSubmissionCrashEnumerationTest extends SubmissionCrashEnumerationTest {

    MySqlSubmissionCrashEnumerationTest() {
        super(TestDatabase.MYSQL, 3);
    }
}
