package io.requartz.run;

import java.util.List;

/**
 * What one attempt logged, oldest first.
 *
 * @param dropped lines that the bound (500 lines, 64 KiB) left out, from the middle
 */
public record AttemptLog(int attempt, List<LogLine> lines, int dropped) {

    public AttemptLog {
        lines = List.copyOf(lines);
    }
}
