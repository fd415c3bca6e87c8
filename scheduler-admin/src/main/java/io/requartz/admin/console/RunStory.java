package io.requartz.admin.console;

import io.requartz.node.PausedType;
import io.requartz.node.SchedulerStatus;
import io.requartz.node.TypeStatus;
import io.requartz.retry.RetryPolicy;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What there is to say of one run, in sentences. */
final class RunStory {

    private final Run run;
    private final Times times;

    RunStory(Run run, Times times) {
        this.run = run;
        this.times = times;
    }

    /** Goes on after "submitted by ... ago, ". */
    String standing() {
        return switch (run.state()) {
            case SCHEDULED -> run.attempts() == 0 ? due("starts") : due("starts its next cycle");
            case RETRYING -> Words.count(run.failures(), "failure") + " so far; " + due("tries again");
            case PARKED -> "held back" + reason() + ".";
            case RUNNING ->
                "running its " + Words.ordinal(run.attempts()) + " attempt"
                        + (run.cancelRequestedBy() == null
                                ? "."
                                : "; " + Words.line(run.cancelRequestedBy(), 100) + " asked it to stop.");
            case SUCCEEDED -> "done " + after() + ", at the " + Words.ordinal(run.attempts()) + " attempt.";
            case FAILED -> "failed " + after() + reason() + ".";
            case DEAD -> "given up " + after() + reason() + ". It waits for a person.";
            case CANCELLED -> "cancelled " + after() + reason() + ".";
            case RESOLVED -> "resolved by a person " + after() + ".";
            case REJECTED -> "rejected by a person " + after() + ".";
        };
    }

    private String due(String verb) {
        return run.dueAt() != null && run.dueAt().isAfter(times.now())
                ? verb + " " + times.distance(run.dueAt()).text() + "."
                : verb + " as soon as a worker is free.";
    }

    private String after() {
        Instant end = run.finishedAt() == null ? times.now() : run.finishedAt();
        return Times.span(Duration.between(run.createdAt(), end)) + " later";
    }

    private String reason() {
        return run.reason() == null ? "" : " (" + Words.line(Words.spaced(run.reason()), 100) + ")";
    }

    /** What keeps a waiting run from starting, as far as the whole cluster is concerned. */
    List<String> waiting(SchedulerStatus status) {
        List<String> held = new ArrayList<>();
        if (!run.state().hasTrigger()) {
            return held;
        }
        if (status.paused()) {
            held.add("Everything is paused by " + Words.line(status.pausedBy(), 100) + ".");
        }
        status.pausedTypes().stream()
                .filter(pause -> pause.type().equals(run.type()))
                .map(RunStory::paused)
                .forEach(held::add);
        Optional<TypeStatus> type = status.types().stream()
                .filter(known -> known.definition().name().equals(run.type()))
                .findFirst();
        if (type.isEmpty() || type.get().nodes().isEmpty()) {
            held.add("No node that is alive has this job type; the run starts when one with its plugin does.");
        }
        return held;
    }

    private static String paused(PausedType pause) {
        String note = pause.note() == null ? "" : ": " + Words.line(pause.note(), 200);
        return "Its job type is paused by " + Words.line(pause.by(), 100) + note + ".";
    }

    List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.text("Priority", run.priority().label()));
        facts.add(Fact.text("Attempts", attempts()));
        add(facts, Fact.code("Idempotency key", Words.line(run.idempotencyKey(), 200)));
        add(facts, Fact.code("Unique while open", Words.line(run.uniqueKey(), 200)));
        for (String tag : run.tags()) {
            facts.add(Fact.link("Tag", Words.line(tag, 100), "/runs?tag=" + Words.query(tag)));
        }
        if (run.copyOf() != null) {
            facts.add(Fact.link("Repeats run", Words.shortId(run.copyOf()), RunRow.href(run.copyOf())));
        }
        if (run.expiresAt() != null && run.state().open()) {
            facts.add(Fact.text("Expires", times.distance(run.expiresAt()).text() + " unless it has begun"));
        }
        if (run.lastCategory() != null) {
            String category = run.lastCategory().name();
            facts.add(Fact.link("Failed last with", category, "/runs?category=" + Words.query(category)));
        }
        if (run.payloadVersion() > 1) {
            facts.add(Fact.text("Payload", "version " + run.payloadVersion()));
        }
        add(facts, Fact.text("Plugin", Words.line(run.plugin(), 100)));
        return facts;
    }

    private String attempts() {
        return run.cycle() == 1
                ? Integer.toString(run.attempts())
                : run.attempts() + " in " + Words.count(run.cycle(), "cycle");
    }

    private static void add(List<Fact> facts, Fact fact) {
        if (!fact.value().isEmpty()) {
            facts.add(fact);
        }
    }

    /** The button that lets it run. */
    String retry() {
        return switch (run.state()) {
            case SCHEDULED, RETRYING, PARKED -> "Run now";
            case RUNNING -> "";
            case DEAD -> "Retry";
            default -> "Run again";
        };
    }

    boolean cancellable() {
        return run.state().open() && !(run.state() == RunState.RUNNING && run.cancelRequestedBy() != null);
    }

    static String policy(RetryPolicy policy) {
        return policy.maxAttempts() == RetryPolicy.UNLIMITED
                ? "no limit to the attempts"
                : "at most " + Words.count(policy.maxAttempts(), "attempt") + " a cycle";
    }
}
