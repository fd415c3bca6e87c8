package io.requartz.admin.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.admin.rest.TestServer;
import io.requartz.admin.security.Caller;
import io.requartz.admin.security.Role;
import io.requartz.run.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guessing tokens, and how long a stay lasts. */
class SignInLimitTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final SignInLimit limit = new SignInLimit(nanos::get);
    private final Sessions sessions = new Sessions(nanos::get);

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void wrong(int times, String address) {
        for (int i = 0; i < times; i++) {
            limit.wrong(address);
        }
    }

    @Test
    void aPersonMayMistypeFourTimes() {
        wrong(4, "10.0.0.1");

        assertThat(limit.wait("10.0.0.1")).isZero();
    }

    @Test
    void guessingHasToWaitLongerEachTime() {
        wrong(5, "10.0.0.1");
        assertThat(limit.wait("10.0.0.1")).isEqualTo(Duration.ofSeconds(30));

        passes(Duration.ofSeconds(30));
        assertThat(limit.wait("10.0.0.1")).isZero();

        wrong(1, "10.0.0.1");
        assertThat(limit.wait("10.0.0.1")).isEqualTo(Duration.ofSeconds(60));

        wrong(100, "10.0.0.1");
        assertThat(limit.wait("10.0.0.1")).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void otherAddressesAreNotHeldUp() {
        wrong(9, "10.0.0.1");

        assertThat(limit.wait("10.0.0.2")).isZero();
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        wrong(5, "2001:db8:0:1::1");

        assertThat(limit.wait("2001:db8:0:1:ffff::2")).isPositive();
        assertThat(limit.wait("2001:db8:0:2::1")).isZero();
    }

    @Test
    void theRightTokenAndAnHourBeginAnew() {
        wrong(9, "10.0.0.1");
        limit.right("10.0.0.1");
        wrong(9, "10.0.0.2");
        passes(Duration.ofMinutes(61));

        assertThat(limit.wait("10.0.0.1")).isZero();
        assertThat(limit.wait("10.0.0.2")).isZero();
    }

    @Test
    void sessionsEndUnusedOrOld() {
        Caller caller = new Caller(new Actor("token:test"), Role.ADMIN);
        String unused = sessions.open(caller);
        String used = sessions.open(caller);

        for (int i = 0; i < 11; i++) {
            passes(Duration.ofMinutes(65));
            assertThat(sessions.find(used)).isPresent();
        }
        assertThat(sessions.find(unused)).isEmpty();
        passes(Duration.ofMinutes(65));
        assertThat(sessions.find(used)).isEmpty();
    }

    @Test
    void thereAreNoMoreSessionsThanTheMemoryHasRoomFor() {
        Caller caller = new Caller(new Actor("token:test"), Role.ADMIN);
        String oldest = sessions.open(caller);
        String second = sessions.open(caller);
        for (int i = 0; i < 999; i++) {
            sessions.open(caller);
        }

        assertThat(sessions.find(oldest)).isEmpty();
        assertThat(sessions.find(second)).isPresent();
    }

    @Test
    void theConsoleHoldsGuessersUp(@TempDir Path directory) {
        try (TestServer server = TestServer.start(directory)) {
            Reader reader = Reader.stranger(server);
            for (int i = 0; i < 5; i++) {
                assertThat(reader.signIn("guess-" + i).expecting(401).text()).contains("That is not the token.");
            }

            Reader.Shown refused = reader.signIn(TestServer.TOKEN).expecting(429);

            assertThat(refused.text()).contains("Too many wrong tokens");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 31);
            assertThat(reader.cookie()).isNull();
        }
    }
}
