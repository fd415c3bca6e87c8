package io.requartz.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * I1, I3, I4, I9 and I10 in ten thousand steps of whatever can happen: two nodes on H2 that submit, execute, fail, die between any
 * two calls of their database and are recovered, while people reset, disable, pause, change and trigger and the clock is moved. After
 * each step the database is what a model says that counts for itself.
 *
 * <p>{@code -Drequartz.walk.seed=N} takes the walk of that seed again; {@code -Drequartz.walk.steps=N} makes each walk longer.
 */
class RandomWalkTest {

    static final String SEED = "requartz.walk.seed";

    private static final int STEPS = Integer.getInteger("requartz.walk.steps", 500);
    private static final int WALKS = 20;
    private static final long MOST = 999_999_999;
    private static final Map<Step, Integer> TAKEN = new EnumMap<>(Step.class);
    private static int faults;

    @Property(
            tries = WALKS,
            shrinking = ShrinkingMode.OFF,
            edgeCases = EdgeCasesMode.NONE,
            afterFailure = AfterFailureMode.RANDOM_SEED)
    void everythingIsAsTheModelSays(@ForAll("seeds") long seed) throws SQLException {
        try (Walk walk = new Walk(seed)) {
            walk.go(STEPS);
            walk.taken().forEach((step, times) -> TAKEN.merge(step, times, Integer::sum));
            faults += walk.faults();
            System.out.println(walk.told());
        }
    }

    @Provide
    Arbitrary<Long> seeds() {
        Long chosen = Long.getLong(SEED);
        return chosen != null
                ? Arbitraries.just(chosen)
                : Arbitraries.longs().between(1, MOST).withDistribution(RandomDistribution.uniform());
    }

    @AfterContainer
    static void everyStepWasTaken() {
        System.out.println("random walk: " + TAKEN + ", " + faults + " crashes");
        if (Long.getLong(SEED) == null) {
            assertThat(TAKEN.keySet()).containsExactlyInAnyOrder(Step.values());
            assertThat(faults).isGreaterThan(WALKS);
        }
    }
}
