package io.requartz.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * {@code node:} who this JVM is in the cluster.
 *
 * @param id its name, unique in the cluster and the same after a restart; letters, digits, {@code .}, {@code _} and {@code -}, at
 *     most 50
 * @param data where it keeps what belongs to it alone: token file, logs, the embedded database; absolute
 * @param stopDeadline how long running attempts may go on after it was asked to stop; then they are interrupted and handed over
 */
public record NodeConfig(String id, Path data, Duration stopDeadline) {

    static final int LONGEST_ID = 50;
    static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (LONGEST_ID - 1) + "}");
    static final Between<Duration> STOP_DEADLINE = Between.of(Duration.ZERO, Duration.ofHours(24));

    public NodeConfig {
        Objects.requireNonNull(id, "id");
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("node.id is '" + id + "'; expected " + idForm());
        }
        data = data.toAbsolutePath().normalize();
        STOP_DEADLINE.require("node.stop-deadline", stopDeadline);
    }

    static String idForm() {
        return "1 to " + LONGEST_ID + " letters, digits, '.', '_' and '-', beginning with a letter or digit";
    }

    /** Where a node of this name keeps its things by default. */
    public static NodeConfig of(String id, Path data) {
        return new NodeConfig(id, data, Duration.ofSeconds(30));
    }
}
