package io.requartz.quartz;

import io.requartz.failure.SafeText;
import io.requartz.run.AttemptLog;
import io.requartz.run.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What one attempt logs, within bounds: at most 500 lines and 64 KiB. A chatty job keeps its first and its last half, because the
 * beginning tells what it set out to do and the end how it failed; the middle is counted and dropped. Thread-safe.
 */
public final class LogBuffer {

    static final int LINES = 500;
    static final int BYTES = 64 << 10;

    /** A single line, so that one cannot push out all others. */
    static final int LINE_BYTES = 8 << 10;

    private static final int LOGGER_CHARS = 200;
    private static final int LEVEL_CHARS = 20;

    private final Half first = new Half();
    private final Half last = new Half();
    private boolean firstFull;
    private int dropped;
    private volatile long appended;

    /** Texts are cut and cleaned of what databases refuse; null counts as empty. */
    public void append(Instant at, String level, String logger, String message) {
        LogLine line = new LogLine(
                at,
                SafeText.chars(orEmpty(level), LEVEL_CHARS),
                SafeText.chars(orEmpty(logger), LOGGER_CHARS),
                SafeText.utf8(orEmpty(message), LINE_BYTES));
        int bytes = bytes(line);
        synchronized (this) {
            appended++;
            if (!firstFull && first.hasRoomFor(bytes)) {
                first.add(line, bytes);
                return;
            }
            firstFull = true; // from here on in order: a later, shorter line must not slip in front
            while (!last.hasRoomFor(bytes)) {
                last.removeOldest();
                dropped++;
            }
            last.add(line, bytes);
        }
    }

    /** How many lines came, kept or not. */
    long appended() {
        return appended;
    }

    /** What was kept up to now, oldest first. */
    public synchronized AttemptLog toAttemptLog(int attempt) {
        List<LogLine> lines = new ArrayList<>(first.lines);
        lines.addAll(last.lines);
        return new AttemptLog(attempt, lines, dropped);
    }

    private static int bytes(LogLine line) {
        return utf8(line.message()) + utf8(line.logger());
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** One end of the log, within half of each bound. */
    private static final class Half {
        private final Deque<LogLine> lines = new ArrayDeque<>();
        private final Deque<Integer> sizes = new ArrayDeque<>();
        private int bytes;

        boolean hasRoomFor(int more) {
            return lines.size() < LINES / 2 && bytes + more <= BYTES / 2;
        }

        void add(LogLine line, int size) {
            lines.addLast(line);
            sizes.addLast(size);
            bytes += size;
        }

        void removeOldest() {
            lines.removeFirst();
            bytes -= sizes.removeFirst();
        }
    }
}
