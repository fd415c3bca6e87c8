package io.requartz.run;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids of runs and of what else is numbered by time: UUID version 7 (RFC 9562, section 5.7), so that they sort by time in any index. Thread-safe if the generator is. */
public final class RunIds {

    private static final int LENGTH = 36;

    private final InstantSource clock;
    private final RandomGenerator random;

    public RunIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public String next() {
        long high = clock.millis() << 16 | 0x7000 | random.nextInt(0x1000);
        long low = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
        return new UUID(high, low).toString();
    }

    /** Whether a text can be an id at all: spares the database a question, and names that it could not hold. */
    public static boolean plausible(String id) {
        return id != null
                && id.length() == LENGTH
                && id.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
