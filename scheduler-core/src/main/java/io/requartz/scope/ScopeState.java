package io.requartz.scope;

import io.requartz.api.ErrorCategory;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a scope stands, and what becomes of it: pure, so that whoever holds the scope's row locked may apply one thing after the other
 * and write the last. {@code failures} is at any time the number of counted failures since the last success or reset, which are those
 * that carry the present epoch.
 *
 * @param epoch raised by each success after failures, and by whatever a person does that sets the failures to zero
 * @param disabledAt null: enabled
 * @param disabledBy {@code system}, or the person
 * @param automatic disabled by its failures, not by a person
 * @param skipped fires of schedules that made no run since it was disabled
 * @param lastSuccessAt exact to {@link #SUCCESS_NOTED} while nothing fails
 */
public record ScopeState(
        int failures,
        long epoch,
        Instant disabledAt,
        String disabledBy,
        boolean automatic,
        long skipped,
        Instant lastFailureAt,
        ErrorCategory lastCategory,
        String lastError,
        Instant lastSuccessAt) {

    public static final ScopeState NEW = new ScopeState(0, 1, null, null, false, 0, null, null, null, null);

    /** Of successes in a row only one in this time is written: they would all queue for the scope's row. */
    static final Duration SUCCESS_NOTED = Duration.ofMinutes(1);

    private static final String SYSTEM = "system";

    public boolean disabled() {
        return disabledAt != null;
    }

    /** Whether a run may start. What a person disabled holds probes too. */
    public boolean lets(Stands stands, boolean manual) {
        return !disabled() || manual || (stands == Stands.PROBE && automatic);
    }

    /** An attempt succeeded, of whatever type: counting begins anew, and what the failures disabled is enabled. */
    public ScopeState succeeded(Instant at) {
        if (failures == 0 && !automatic) {
            boolean noted = lastSuccessAt != null && at.isBefore(lastSuccessAt.plus(SUCCESS_NOTED));
            return noted ? this : with(failures, epoch, at);
        }
        return automatic ? with(0, epoch + 1, at).open() : with(0, epoch + 1, at);
    }

    /**
     * An attempt failed, and counts.
     *
     * @param limit so many in a row disable it
     */
    public ScopeState failed(Instant at, ErrorCategory category, String message, int limit) {
        boolean closes = !disabled() && failures + 1 >= limit;
        return new ScopeState(
                failures + 1,
                epoch,
                closes ? at : disabledAt,
                closes ? SYSTEM : disabledBy,
                closes || automatic,
                closes ? 0 : skipped,
                at,
                category,
                message,
                lastSuccessAt);
    }

    /** A person begins the count anew. What a person disabled stays so. */
    public ScopeState reset() {
        ScopeState counted = failures == 0 ? this : with(0, epoch + 1, lastSuccessAt);
        return automatic ? counted.open() : counted;
    }

    public ScopeState enabled() {
        return disabled() ? with(0, epoch + 1, lastSuccessAt).open() : this;
    }

    /** By a person: until a person enables it. */
    public ScopeState disabled(Instant at, String by) {
        if (disabled() && !automatic) {
            return this;
        }
        return new ScopeState(
                failures,
                epoch,
                at,
                by,
                false,
                disabled() ? skipped : 0,
                lastFailureAt,
                lastCategory,
                lastError,
                lastSuccessAt);
    }

    /** A person has asked for a run, and that alone is to enable: the failures stay, so the next one disables again. */
    public ScopeState triggered() {
        return automatic ? open() : this;
    }

    private ScopeState with(int newFailures, long newEpoch, Instant success) {
        return new ScopeState(
                newFailures,
                newEpoch,
                disabledAt,
                disabledBy,
                automatic,
                skipped,
                lastFailureAt,
                lastCategory,
                lastError,
                success);
    }

    private ScopeState open() {
        return new ScopeState(
                failures, epoch, null, null, false, skipped, lastFailureAt, lastCategory, lastError, lastSuccessAt);
    }
}
