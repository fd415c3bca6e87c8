package io.requartz.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.jdbc.SqlErrors.Kind;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import org.junit.jupiter.api.Test;

class SqlErrorsTest {

    @Test
    void whatIsWrappedWithoutAStateIsKnownByItsCause() {
        SQLException gone = new SQLNonTransientConnectionException("Socket error", "08000", -1);

        assertThat(SqlErrors.kind(new BatchUpdateException(gone))).isEqualTo(Kind.CONNECTION);
        assertThat(SqlErrors.kind(new IllegalStateException(
                        new SQLException("a batch", new SQLException("a deadlock", "40001")))))
                .isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void whatIsChainedIsKnownByTheNext() {
        BatchUpdateException batch = new BatchUpdateException();
        batch.setNextException(new SQLException("taken", "23505"));

        assertThat(SqlErrors.kind(batch)).isEqualTo(Kind.DUPLICATE);
    }

    @Test
    void whatSaysNothingIsOther() {
        assertThat(SqlErrors.kind(new SQLException("no table", "42S02"))).isEqualTo(Kind.OTHER);
        assertThat(SqlErrors.kind(new IllegalStateException("not of a database")))
                .isEqualTo(Kind.OTHER);
    }
}
