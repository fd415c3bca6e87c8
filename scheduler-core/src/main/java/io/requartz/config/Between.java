package io.requartz.config;

import io.requartz.time.Durations;
import java.time.Duration;

/** The values that a setting may have, both ends included. */
record Between<T extends Comparable<T>>(T least, T most) {

    static <T extends Comparable<T>> Between<T> of(T least, T most) {
        return new Between<>(least, most);
    }

    boolean holds(T value) {
        return least.compareTo(value) <= 0 && value.compareTo(most) <= 0;
    }

    /** @throws IllegalArgumentException if the value is outside */
    void require(String key, T value) {
        if (!holds(value)) {
            throw new IllegalArgumentException(key + " is " + text(value) + "; expected " + this);
        }
    }

    private static String text(Object value) {
        return value instanceof Duration duration ? Durations.format(duration) : value.toString();
    }

    /** As in {@code 1 to 1000}. */
    @Override
    public String toString() {
        return text(least) + " to " + text(most);
    }
}
