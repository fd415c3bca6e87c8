package io.requartz.store;

import io.requartz.testdb.TestDatabase;

final class H2SchedulesTest extends SchedulesContractTest {

    H2SchedulesTest() {
        super(TestDatabase.H2);
    }
}
