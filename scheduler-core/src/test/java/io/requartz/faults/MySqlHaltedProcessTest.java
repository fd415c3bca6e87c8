package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class MySqlHaltedProcessTest extends HaltedProcessTest {

    MySqlHaltedProcessTest() {
        super(TestDatabase.MYSQL);
    }
}
