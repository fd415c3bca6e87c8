package io.requartz.node;

import io.requartz.testdb.TestDatabase;

final class MySqlDoctorTest extends DoctorContractTest {

    MySqlDoctorTest() {
        super(TestDatabase.MYSQL);
    }
}
