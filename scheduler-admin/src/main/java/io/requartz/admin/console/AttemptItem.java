package io.requartz.admin.console;

import io.requartz.run.Attempt;
import io.requartz.run.AttemptLog;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.LogLine;
import io.requartz.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as its run's page tells it.
 *
 * @param cycle a heading, where a cycle after the first begins; else empty
 * @param headline what happened, in a few words
 * @param more what a fold holds, in words; empty if there is nothing
 * @param decided what was decided, why, and how long that took; empty if there was nothing to decide
 */
record AttemptItem(
        int number,
        String cycle,
        String tone,
        String headline,
        String message,
        String node,
        Moment started,
        String more,
        String exception,
        String stackTrace,
        String response,
        String log,
        String decided) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * @param before the attempt before; null: it is the first
     * @param next the attempt after; null: it is the last
     */
    static AttemptItem of(
            Attempt attempt, @Nullable Attempt before, @Nullable Attempt next, @Nullable AttemptLog log, Times times) {
        boolean newCycle = before != null && before.cycle() != attempt.cycle();
        String lines = log == null ? "" : text(log);
        return new AttemptItem(
                attempt.number(),
                newCycle ? "Cycle " + attempt.cycle() : "",
                tone(attempt),
                headline(attempt, times.now()),
                Words.harmless(attempt.message()),
                Words.line(attempt.node(), 80),
                times.clock(attempt.startedAt()),
                more(attempt, log),
                Words.line(attempt.exceptionClass(), 300),
                Words.harmless(attempt.stackTrace()),
                Words.harmless(attempt.responseExcerpt()),
                lines,
                decided(attempt, next, times));
    }

    private static String tone(Attempt attempt) {
        if (attempt.outcome() == null) {
            return "run";
        }
        return switch (attempt.outcome()) {
            case SUCCEEDED -> "ok";
            case FAILED, NODE_LOST -> attempt.nextState() == RunState.DEAD ? "dead" : "retry";
            case HANDED_OVER, CANCELLED -> "wait";
        };
    }

    private static String headline(Attempt attempt, Instant now) {
        Instant end = attempt.endedAt() == null ? now : attempt.endedAt();
        String took = Times.span(Duration.between(attempt.startedAt(), end));
        if (attempt.outcome() == null) {
            return attempt.stuckSince() == null
                    ? "Running for " + took
                    : "Stuck: it outlived its time limit, and runs for " + took;
        }
        return switch (attempt.outcome()) {
            case SUCCEEDED -> "Succeeded in " + took;
            case FAILED -> category(attempt) + " after " + took;
            case NODE_LOST -> "Lost with its node after " + took;
            case HANDED_OVER -> "Handed over after " + took + "; it counts for nothing";
            case CANCELLED -> "Cancelled after " + took;
        };
    }

    private static String category(Attempt attempt) {
        String name = attempt.category() == null ? "Failed" : attempt.category().name();
        return attempt.httpStatus() == null ? name : name + ", HTTP " + attempt.httpStatus();
    }

    private static String more(Attempt attempt, @Nullable AttemptLog log) {
        List<String> parts = new ArrayList<>();
        if (attempt.responseExcerpt() != null && !attempt.responseExcerpt().isBlank()) {
            parts.add("response");
        }
        if (attempt.stackTrace() != null && !attempt.stackTrace().isBlank()) {
            parts.add("stack trace");
        }
        if (log != null && !log.lines().isEmpty()) {
            parts.add(Words.count(log.lines().size() + log.dropped(), "log line"));
        }
        String joined = parts.size() < 2
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.get(parts.size() - 1);
        return joined.isEmpty() ? "" : joined.substring(0, 1).toUpperCase(Locale.ROOT) + joined.substring(1);
    }

    private static String text(AttemptLog log) {
        String lines = log.lines().stream().map(AttemptItem::line).collect(Collectors.joining("\n"));
        return log.dropped() == 0 ? lines : lines + "\n(" + Words.count(log.dropped(), "line") + " left out)";
    }

    private static String line(LogLine line) {
        return TIME.format(line.at()) + " " + line.level() + " " + Words.line(line.logger(), 100) + "  "
                + Words.harmless(line.message());
    }

    private static String decided(Attempt attempt, @Nullable Attempt next, Times times) {
        if (attempt.nextState() == null || attempt.outcome() == AttemptOutcome.SUCCEEDED) {
            return "";
        }
        String why = Words.line(attempt.why(), 500);
        if (attempt.nextState() == RunState.RETRYING || attempt.nextState() == RunState.SCHEDULED) {
            return waited(attempt, next, times) + (why.isEmpty() ? "" : ": " + why);
        }
        return Chip.of(attempt.nextState()).word() + (why.isEmpty() ? "" : ": " + why);
    }

    private static String waited(Attempt attempt, @Nullable Attempt next, Times times) {
        if (next != null && attempt.endedAt() != null) {
            return "Waited " + Times.span(Duration.between(attempt.endedAt(), next.startedAt()));
        }
        if (attempt.nextAt() != null && attempt.nextAt().isAfter(times.now())) {
            return "Tries again " + times.distance(attempt.nextAt()).text();
        }
        return "Due again";
    }
}
