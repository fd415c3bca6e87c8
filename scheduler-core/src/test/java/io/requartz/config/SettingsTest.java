package io.requartz.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void passwordsAreNeverPrinted() {
        DatabaseConfig database = new DatabaseConfig(
                "jdbc:mysql://anna:hush1@db/shop?password=hush2&x=y", "anna", Secret.of("hush3"), 5, Duration.ZERO);

        String printed =
                RequartzConfig.of("box", Path.of("data")).withDatabase(database).toString();

        assertThat(printed)
                .contains("jdbc:mysql://***@db/shop?password=***&x=y")
                .doesNotContain("hush");
        assertThat(Secret.of("x")).hasToString("***").isEqualTo(Secret.of("x")).isNotEqualTo(Secret.of("y"));
        assertThat(Secret.NONE).hasToString("");
    }

    @ParameterizedTest
    @CsvSource({"0B, 0", "1B, 1", "1 KiB, 1024", "64kib, 65536", "1MiB, 1048576", "3GiB, 3221225472"})
    void sizesAreReadWithTheirUnit(String text, long bytes) {
        assertThat(DataSize.parse(text).bytes()).isEqualTo(bytes);
        assertThat(DataSize.parse(DataSize.parse(text).toString()).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1MB", "-1KiB", "1.5MiB", "MiB", "9999999999999B"})
    void whatIsNotASizeIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSize.parse(text))
                .withMessageContaining("as in 1MiB");
    }

    @Test
    void recordsMadeByAnApplicationAreCheckedToo() {
        refused(() -> new NodeConfig("a b", Path.of("x"), Duration.ZERO), "node.id is 'a b'");
        refused(
                () -> new NodeConfig("a", Path.of("x"), Duration.ofDays(2)),
                "node.stop-deadline is 2d; expected 0s to 1d");
        refused(() -> DatabaseConfig.at("jdbc:oracle:x"), "database.url is 'jdbc:oracle:x'");
        refused(() -> new WorkersConfig(0, 1), "workers.threads is 0; expected 1 to 10000");
        refused(() -> new HttpConfig(" ", 1), "http.host is empty");
        refused(
                () -> new ClusterConfig("c", Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(1)),
                "cluster.lease must be at least three times cluster.beat");
    }

    private static void refused(Runnable made, String message) {
        assertThatIllegalArgumentException().isThrownBy(made::run).withMessageContaining(message);
    }
}
