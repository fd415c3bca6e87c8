package io.requartz.node;

import io.requartz.jdbc.Database;
import java.time.Duration;
import java.time.InstantSource;

/** placeholder */
public final class Doctor {
    public Doctor(Database database, Duration lease, InstantSource clock) {}

    public java.util.List<Finding> examine() {
        return java.util.List.of();
    }
}
