package io.requartz.faults;

import io.requartz.testdb.TestDatabase;

final class MariaDbHaltedProcessTest extends HaltedProcessTest {

    MariaDbHaltedProcessTest() {
        super(TestDatabase.MARIADB);
    }
}
