package io.requartz.admin.console;

import io.requartz.run.Run;
import io.requartz.run.RunState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run in a list.
 *
 * @param scope what people call what it works on; empty if it stands in no scope
 * @param tags the first few
 * @param standing what there is to say of when, before {@code at}
 * @param at when it is due, or ended; null if neither
 * @param trouble its last failure; empty if there was none
 */
record RunRow(
        String href,
        String id,
        String shortId,
        Chip chip,
        String title,
        String scope,
        List<String> tags,
        int attempts,
        Moment submitted,
        String standing,
        @Nullable Moment at,
        String trouble) {

    private static final int SHOWN_TAGS = 4;

    static RunRow of(Run run, String title, @Nullable String scope, Times times) {
        return new RunRow(
                href(run.id()),
                run.id(),
                Words.shortId(run.id()),
                Chip.of(run.state()),
                title,
                Words.line(scope, 120),
                run.tags().stream()
                        .limit(SHOWN_TAGS)
                        .map(tag -> Words.line(tag, 40))
                        .toList(),
                run.attempts(),
                times.distance(run.createdAt()),
                standing(run, times),
                at(run, times),
                trouble(run));
    }

    static String href(String id) {
        return "/runs/" + id;
    }

    private static String standing(Run run, Times times) {
        return switch (run.state()) {
            case RUNNING -> run.node() == null ? "" : "on " + Words.line(run.node(), 60);
            case SCHEDULED, RETRYING -> run.dueAt() == null || !run.dueAt().isAfter(times.now()) ? "due" : "";
            case PARKED, CANCELLED, DEAD -> run.reason() == null ? "" : Words.line(Words.spaced(run.reason()), 60);
            default -> "";
        };
    }

    private static @Nullable Moment at(Run run, Times times) {
        if (run.state().hasTrigger()) {
            return run.dueAt() == null || !run.dueAt().isAfter(times.now()) ? null : times.distance(run.dueAt());
        }
        return run.finishedAt() == null ? null : times.distance(run.finishedAt());
    }

    private static String trouble(Run run) {
        if (run.state() == RunState.SUCCEEDED || (run.lastCategory() == null && run.lastMessage() == null)) {
            return "";
        }
        String message = Words.line(run.lastMessage(), 160);
        if (run.lastCategory() == null) {
            return message;
        }
        return message.isEmpty()
                ? run.lastCategory().name()
                : run.lastCategory().name() + ": " + message;
    }
}
