package io.requartz.node;

import io.requartz.jdbc.Database;
import java.time.Duration;
import java.time.InstantSource;

/** placeholder */
public final class Doctor {
    Doctor(Database database, Duration lease, InstantSource clock) {}
}
