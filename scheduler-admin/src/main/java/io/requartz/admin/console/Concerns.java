package io.requartz.admin.console;

import io.requartz.admin.console.Concern.Act;
import io.requartz.deadletter.DeadLetter;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.node.PausedType;
import io.requartz.node.RequartzNode;
import io.requartz.node.SchedulerStatus;
import io.requartz.node.TypeStatus;
import io.requartz.retry.RetryPolicy;
import io.requartz.run.Run;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import io.requartz.scope.ScopeStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects what needs a person: oldest first, looking at no more than the newest of each kind. */
final class Concerns {

    private static final int LOOKED_AT = 200;
    private static final int LAST_TRIES = 2;

    private final RequartzNode node;
    private final SchedulerStatus status;
    private final List<ScopeStatus> disabled;
    private final Titles titles;
    private final Times times;

    Concerns(RequartzNode node, SchedulerStatus status, List<ScopeStatus> disabled, Times times) {
        this.node = node;
        this.status = status;
        this.disabled = disabled;
        this.titles = Titles.of(node);
        this.times = times;
    }

    List<Concern> all() {
        List<Concern> all = new ArrayList<>();
        everythingPaused().ifPresent(all::add);
        status.pausedTypes().stream().map(this::paused).forEach(all::add);
        status.types().stream()
                .filter(type -> type.nodes().isEmpty() && type.due() > 0)
                .map(Concerns::homeless)
                .forEach(all::add);
        disabled.stream().map(this::disabled).forEach(all::add);
        if (status.runs().getOrDefault(RunState.DEAD, 0L) > 0) {
            all.addAll(deadLetters());
        }
        if (status.runs().getOrDefault(RunState.RETRYING, 0L) > 0) {
            all.addAll(lastTries());
        }
        all.sort(Comparator.comparing(Concern::begun, Comparator.nullsFirst(Comparator.naturalOrder())));
        return all;
    }

    private Optional<Concern> everythingPaused() {
        if (!status.paused()) {
            return Optional.empty();
        }
        String by = Words.line(status.pausedBy(), 100);
        return Optional.of(Concern.of(
                        Chip.parked("Paused"),
                        "Everything",
                        "/job-types",
                        "by " + by,
                        "Nothing starts on any node; what was running goes on.",
                        Act.send("Resume", "/scheduler/resume"))
                .begun(status.pausedSince(), times));
    }

    private Concern paused(PausedType pause) {
        String href = JobTypePages.href(pause.type());
        return Concern.of(
                        Chip.parked("Paused"),
                        titles.of(pause.type()),
                        href,
                        "by " + Words.line(pause.by(), 100),
                        pause.note() == null ? "Its runs wait." : Words.line(pause.note(), 300),
                        Act.send("Resume", href + "/resume"))
                .begun(pause.since(), times);
    }

    private Concern disabled(ScopeStatus scope) {
        ScopeRow row = ScopeRow.of(scope, times);
        return Concern.of(
                        row.chip(),
                        row.label(),
                        row.href(),
                        row.key() + ", " + row.count() + " failures",
                        (row.error().isEmpty() ? "" : row.error() + ". ") + "Disabled " + row.by() + ".",
                        new Act("Run now", row.href() + "/run", true, true),
                        Act.send(
                                scope.scope().state().automatic() ? "Reset" : "Enable",
                                row.href() + (scope.scope().state().automatic() ? "/reset" : "/enable")))
                .begun(scope.scope().state().disabledAt(), times);
    }

    private static Concern homeless(TypeStatus type) {
        return Concern.of(
                Chip.dead("No node"),
                Titles.title(type.definition()),
                JobTypePages.href(type.definition().name()),
                Words.count(type.due(), "run") + " due",
                "No node that is alive has it. Start one with the plugin "
                        + Words.line(type.definition().plugin(), 100) + ".",
                Act.open(JobTypePages.href(type.definition().name())));
    }

    private List<Concern> deadLetters() {
        Map<String, List<DeadLetter>> alike = new LinkedHashMap<>();
        for (DeadLetter letter :
                node.deadLetters().list(DeadLetterFilter.OPEN, LOOKED_AT, null).items()) {
            alike.computeIfAbsent(String.valueOf(letter.fingerprint()), key -> new ArrayList<>())
                    .add(letter);
        }
        return alike.values().stream().map(this::deadLetters).toList();
    }

    private Concern deadLetters(List<DeadLetter> alike) {
        DeadLetter newest = alike.get(0);
        Instant oldest = alike.stream()
                .map(DeadLetter::diedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        boolean single = alike.size() == 1 || newest.fingerprint() == null;
        String href = single ? RunRow.href(newest.runId()) : DeadLetterRow.sameHref(newest.fingerprint());
        return Concern.of(
                        Chip.dead(Words.count(alike.size(), "dead letter")),
                        DeadLetterRow.what(newest),
                        href,
                        titles.of(newest.type()),
                        DeadLetterRow.why(newest) + ".",
                        Act.open(href))
                .begun(oldest, times);
    }

    /** Runs that will be dead letters soon, unless somebody helps. */
    private List<Concern> lastTries() {
        Map<String, Integer> limits = new LinkedHashMap<>();
        status.types()
                .forEach(type -> limits.put(
                        type.definition().name(),
                        node.policies().of(type.definition()).policy().maxAttempts()));
        RunFilter retrying = new RunFilter(Set.of(RunState.RETRYING), null, null, null, null, null, null, null, 0);
        Map<String, List<Run>> byType = new LinkedHashMap<>();
        for (Run run : node.runs().list(retrying, LOOKED_AT, null).items()) {
            int limit = limits.getOrDefault(run.type(), RetryPolicy.UNLIMITED);
            if (limit != RetryPolicy.UNLIMITED && limit - run.failures() <= LAST_TRIES) {
                byType.computeIfAbsent(run.type(), type -> new ArrayList<>()).add(run);
            }
        }
        return byType.values().stream().map(this::lastTries).toList();
    }

    private Concern lastTries(List<Run> runs) {
        Run newest = runs.get(0);
        Instant oldest =
                runs.stream().map(Run::createdAt).min(Comparator.naturalOrder()).orElseThrow();
        String category =
                newest.lastCategory() == null ? "" : newest.lastCategory().name() + ": ";
        String href =
                runs.size() == 1 ? RunRow.href(newest.id()) : "/runs?state=RETRYING&type=" + Words.query(newest.type());
        return Concern.of(
                        Chip.retrying("Last tries"),
                        Words.count(runs.size(), "run"),
                        href,
                        titles.of(newest.type()) + ", at most " + LAST_TRIES + " tries left",
                        category + Words.line(newest.lastMessage(), 200),
                        Act.open(href))
                .begun(oldest, times);
    }
}
