package io.requartz.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.requartz.config.DatabaseConfig;
import io.requartz.config.RequartzConfig;
import io.requartz.config.Secret;
import io.requartz.config.WorkersConfig;
import io.requartz.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SizingTest {

    private static final RequartzConfig DEFAULT = RequartzConfig.of("one", Path.of("data"));

    private static RequartzConfig pool(int size) {
        return DEFAULT.withDatabase(
                new DatabaseConfig("jdbc:postgresql://db/shop", "anna", Secret.NONE, size, Duration.ZERO));
    }

    @Test
    void theDefaultsFit() {
        assertThat(Sizing.check(DEFAULT, 17)).isEmpty();
    }

    @Test
    void aPoolTooSmallForTheNodesOwnThreadsIsTold() {
        assertThat(Sizing.check(pool(4), 17))
                .singleElement()
                .asString()
                .contains("database.pool-size is 4", "may need 8 connections", "Set it to 10 or more");
    }

    @Test
    void workersNeedNoConnections() {
        assertThat(Sizing.check(pool(10).withWorkers(new WorkersConfig(2_000, 100, true)), 21))
                .isEmpty();
    }

    @Test
    void thousandsOfPlatformThreadsAreTold() {
        assertThat(Sizing.check(DEFAULT.withWorkers(new WorkersConfig(2_000, 100)), 17))
                .singleElement()
                .asString()
                .contains("workers.threads is 2000", "set workers.virtual to true");
    }

    @Test
    void virtualWorkersNeedJava21() {
        RequartzConfig virtual = DEFAULT.withWorkers(new WorkersConfig(2_000, 100, true));

        assertThatThrownBy(() -> Sizing.check(virtual, 17))
                .isInstanceOfSatisfying(Problem.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(Problem.Kind.INVALID);
                    assertThat(refused.hint()).contains("JAVA_HOME");
                })
                .hasMessageContaining("this is Java 17; virtual threads need Java 21 or newer");
    }
}
