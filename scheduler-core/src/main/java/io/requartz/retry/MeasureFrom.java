package io.requartz.retry;

import java.util.Locale;
import java.util.Objects;

/**
 * From when delays count.
 *
 * @param first for the delay after failure 1
 * @param then for all later ones
 */
public record MeasureFrom(Origin first, Origin then) {

    /** A moment to count from. */
    public enum Origin {
        /** When the attempt failed. */
        FAILURE,
        /** When the cycle was created, see {@link CycleState#createdAt}; a time that is past already means at once. */
        CREATION;

        /** As a policy writes it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final MeasureFrom FAILURE = new MeasureFrom(Origin.FAILURE, Origin.FAILURE);
    public static final MeasureFrom CREATION = new MeasureFrom(Origin.CREATION, Origin.CREATION);

    public MeasureFrom {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(then, "then");
    }

    Origin after(int failures) {
        return failures == 1 ? first : then;
    }
}
