package io.requartz.guard;

import java.time.Instant;

/**
 * A person's hold on a job type, or on everything. Its runs stay as they are and are not selected.
 *
 * @param type null: everything
 * @param note may be null
 */
public record Pause(String type, Instant since, String by, String note) {}
