package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class PostgreSqlSubmissionCrashEnumerationTest extends SubmissionCrashEnumerationTest {

    PostgreSqlSubmissionCrashEnumerationTest() {
        super(TestDatabase.POSTGRESQL, 3);
    }
}
