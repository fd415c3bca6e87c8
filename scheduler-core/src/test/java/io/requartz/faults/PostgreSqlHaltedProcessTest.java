package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class PostgreSqlHaltedProcessTest extends HaltedProcessTest {

    PostgreSqlHaltedProcessTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
