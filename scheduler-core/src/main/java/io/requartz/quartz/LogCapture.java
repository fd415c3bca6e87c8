package io.requartz.quartz;

import java.time.Instant;
import java.util.Objects;

/**
 * Leads what a job logs into the buffer of its attempt: the logging backend's appender calls {@link #append} for each event, on the
 * thread that logged.
 *
 * <p>A buffer is bound to the worker thread from {@link #begin} to {@link #end}, and to the threads that are started meanwhile by
 * it or by them. After the end these catch nothing more, and hold nothing. Threads of a pool belong to the attempt that started
 * them; what they log for a later attempt is not captured.
 */
public final class LogCapture {

    private static final InheritableThreadLocal<Binding> BOUND = new InheritableThreadLocal<>();

    private LogCapture() {}

    /** From now on what this thread logs goes into the buffer. Replaces a buffer that is bound already. */
    public static void begin(LogBuffer buffer) {
        end();
        BOUND.set(new Binding(Objects.requireNonNull(buffer, "buffer")));
    }

    /** Unbinds this thread and all that inherited from it. Does nothing if nothing is bound. */
    public static void end() {
        Binding binding = BOUND.get();
        if (binding != null) {
            binding.buffer = null;
            BOUND.remove();
        }
    }

    /** Takes a line if this thread belongs to a running attempt, else does nothing. */
    public static void append(Instant at, String level, String logger, String message) {
        Binding binding = BOUND.get();
        LogBuffer buffer = binding == null ? null : binding.buffer;
        if (buffer != null) {
            buffer.append(at, level, logger, message);
        }
    }

    /** Shared by the worker and its threads, so that ending it ends it for all of them. */
    private static final class Binding {
        private volatile LogBuffer buffer;

        Binding(LogBuffer buffer) {
            this.buffer = buffer;
        }
    }
}
