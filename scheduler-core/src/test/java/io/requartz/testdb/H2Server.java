package io.requartz.testdb;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;

/** H2 in memory, in this JVM. Each schema is a database of its own. */
final class H2Server extends DatabaseServer {

    @Override
    public OptionalInt port() {
        return OptionalInt.empty();
    }

    @Override
    public Optional<ProcessHandle> process() {
        return Optional.empty();
    }

    @Override
    public void close() {}

    @Override
    public TestSchema createSchema(String name) {
        return new TestSchema(this, name, "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    @Override
    void dropSchema(TestSchema schema) throws SQLException {
        execute(schema.jdbcUrl(), schema.user(), schema.password(), "SHUTDOWN IMMEDIATELY");
    }
}
