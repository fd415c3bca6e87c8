package io.requartz.node;

import io.requartz.testdb.TestDatabase;

final class MariaDbDoctorTest extends DoctorContractTest {

    MariaDbDoctorTest() {
        super(TestDatabase.MARIADB);
    }
}
