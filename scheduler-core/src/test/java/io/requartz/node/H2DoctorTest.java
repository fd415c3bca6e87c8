package io.requartz.node;

import io.requartz.testdb.TestDatabase;

final class H2DoctorTest extends DoctorContractTest {

    H2DoctorTest() {
        super(TestDatabase.H2);
    }
}
