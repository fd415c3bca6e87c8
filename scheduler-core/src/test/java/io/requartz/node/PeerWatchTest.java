package io.requartz.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.jdbc.NodeRows.NodeRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerWatchTest {

    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final PeerWatch watch = new PeerWatch(BEAT, LEASE);
    private long now = 5;

    private List<NodeRow> observe(NodeRow... peers) {
        now += BEAT.toNanos();
        return watch.observe(List.of(peers), now);
    }

    private static NodeRow peer(long beat) {
        return peer(beat, "ACTIVE", LEASE);
    }

    private static NodeRow peer(long beat, String state, Duration lease) {
        return new NodeRow(
                "b.1", "b", state, beat, lease, Instant.EPOCH, Instant.EPOCH, "host", 1, "1", 1, 0, List.of());
    }

    @Test
    void aPeerWhoseCounterStandsStillForALeaseIsDead() {
        for (int i = 0; i < 5; i++) {
            assertThat(observe(peer(7))).isEmpty();
        }
        assertThat(observe(peer(7))).hasSize(1);
    }

    @Test
    void aPeerWhoseCounterMovesLives() {
        for (int i = 0; i < 30; i++) {
            assertThat(observe(peer(i / 4))).isEmpty();
        }
    }

    @Test
    void aGapInOnesOwnBeatsStartsTheObservationAnew() {
        for (int i = 0; i < 5; i++) {
            observe(peer(7));
        }
        now += Duration.ofMinutes(1).toNanos();
        for (int i = 0; i < 5; i++) {
            assertThat(observe(peer(7))).isEmpty();
        }
        assertThat(observe(peer(7))).hasSize(1);
    }

    @Test
    void theLongerLeaseCounts() {
        NodeRow patient = peer(7, "ACTIVE", LEASE.multipliedBy(2));
        for (int i = 0; i < 10; i++) {
            assertThat(observe(patient)).isEmpty();
        }
        assertThat(observe(patient)).hasSize(1);
    }

    @Test
    void aPeerThatIsMarkedLostIsNotFoundDeadAgain() {
        for (int i = 0; i < 20; i++) {
            assertThat(observe(peer(7, "LOST", LEASE))).isEmpty();
        }
    }
}
