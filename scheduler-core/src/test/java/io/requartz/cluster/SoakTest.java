package io.requartz.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.testdb.TestDatabase;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The short form of {@code bin/faults}. With {@code -Drequartz.test.seed=...} what is done is done again. */
@Tag("cluster")
class SoakTest {

    private static final Duration TIME = Duration.ofSeconds(25);

    @Test
    void aClusterUnderFireLosesNothingAndDoesNothingTwice() throws Exception {
        long seed =
                Long.getLong("requartz.test.seed", ThreadLocalRandom.current().nextInt(1_000_000));
        TestDatabase database = seed % 2 == 0 ? TestDatabase.POSTGRESQL : TestDatabase.MARIADB;
        System.out.println("seed " + seed + ", " + database);
        Soak.Result result = Soak.run(
                new Soak.Plan(database, seed, TIME, 0, Duration.ofSeconds(3), Duration.ofMinutes(5)),
                what -> System.out.println("  " + what));

        System.out.println(result.done() + "\n" + result.figures() + "\n"
                + result.verdicts().table());
        assertThat(result.verdicts().violations()).as("with the seed " + seed).isEmpty();
    }
}
