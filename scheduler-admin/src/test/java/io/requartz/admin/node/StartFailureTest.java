package io.requartz.admin.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.config.DatabaseConfig;
import io.requartz.config.HttpConfig;
import io.requartz.config.RequartzConfig;
import io.requartz.problem.Problem;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class StartFailureTest {

    private final RequartzConfig config = RequartzConfig.of("box", Path.of("/srv/data"));

    @Test
    void aPortInUseIsNamedWithAnotherOne() {
        StartFailure failure = StartFailure.of(
                new UncheckedIOException(new BindException("Address already in use")),
                config.withHttp(new HttpConfig("127.0.0.1", 9000)));

        assertThat(failure).hasMessage("Cannot listen at 127.0.0.1:9000: Address already in use.");
        assertThat(failure.hint()).contains("--port 9001");
        assertThat(failure.isSetting()).isFalse();
    }

    @Test
    void anEmbeddedDatabaseInUseIsToldInPlainWords() {
        SQLException locked = new SQLException("Database may be already in use: \"...\" [90020-252]", "90020", 90020);

        StartFailure failure = StartFailure.of(new IllegalStateException("pool", locked), config);

        assertThat(failure).hasMessage("The embedded database of /srv/data is in use by another process.");
        assertThat(failure.hint()).contains("--data").contains("database.url");
        assertThat(failure.isSetting()).isFalse();
    }

    @Test
    void aRefusedUserAndAnUnknownAddressAreSettings() {
        RequartzConfig remote = config.withDatabase(DatabaseConfig.at("jdbc:mysql://anna:pw@db/x"));

        StartFailure user = StartFailure.of(wrapped(new SQLException("Access denied", "28000")), remote);
        StartFailure url = StartFailure.of(wrapped(new SQLException("No suitable driver", "08001")), remote);

        assertThat(user).hasMessageContaining("refuses the user 'requartz'").hasMessageNotContaining("pw");
        assertThat(url)
                .hasMessageContaining("which no database driver here understands")
                .hasMessageNotContaining("pw");
        assertThat(user.isSetting()).isTrue();
        assertThat(url.isSetting()).isTrue();
    }

    @Test
    void aProblemSpeaksForItself() {
        StartFailure failure = StartFailure.of(
                Problem.unavailable(
                        "The database did not answer for 60s.", "Start it.", new SQLException("x", "08006")),
                config);

        assertThat(failure).hasMessage("The database did not answer for 60s.");
        assertThat(failure.hint()).isEqualTo("Start it.");
        assertThat(failure.isSetting()).isFalse();
    }

    @Test
    void anythingElseIsOneSentenceToo() {
        assertThat(StartFailure.of(wrapped(new SQLException("disk full.\nmore", "53100")), config))
                .hasMessage("The database " + config.database().shownUrl() + " cannot be used: disk full.");
        assertThat(StartFailure.of(new IllegalStateException("odd"), config)).hasMessage("The node cannot start: odd");
        assertThat(StartFailure.data(Path.of("/srv/data"), new AccessDeniedException("/srv/data")))
                .hasMessage("The data directory /srv/data cannot be written (AccessDeniedException).");
    }

    private static RuntimeException wrapped(SQLException cause) {
        return new IllegalStateException("opening", cause);
    }
}
