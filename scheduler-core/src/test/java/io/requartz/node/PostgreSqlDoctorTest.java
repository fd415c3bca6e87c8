package io.requartz.node;

import io.requartz.testdb.TestDatabase;

final class PostgreSqlDoctorTest extends DoctorContractTest {

    PostgreSqlDoctorTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
