package io.requartz.node;

import io.requartz.jdbc.Breach;
import io.requartz.jdbc.Database;
import io.requartz.problem.Problem;
import io.requartz.time.Ticker;
import io.requartz.tx.Transactions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks the database whether the invariants hold, as far as a database can tell. It only reads, and may be asked while nodes work: what
 * it reports was there twice, with a pause between. Each question is a transaction of its own. Thread-safe.
 */
public final class Doctor {

    /** How many examples a finding has at most. */
    public static final int EXAMPLES = 5;

    private final Database database;
    private final Duration lease;
    private final InstantSource clock;
    private final Duration pause;
    private final boolean strict;

    /**
     * One that looks a second time without a pause.
     *
     * @param lease the cluster's: what is to be cleared away by recovery has two of them to go
     */
    public Doctor(Database database, Duration lease, InstantSource clock) {
        this(database, lease, clock, Duration.ZERO, false);
    }

    private Doctor(Database database, Duration lease, InstantSource clock, Duration pause, boolean strict) {
        this.database = Objects.requireNonNull(database, "database");
        this.lease = Objects.requireNonNull(lease, "lease");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.pause = Objects.requireNonNull(pause, "pause");
        this.strict = strict;
    }

    /** The same, waiting this long before it looks a second time. */
    public Doctor withPause(Duration before) {
        return new Doctor(database, lease, clock, before, strict);
    }

    /** The same, for a database in which no policy was ever changed: more attempts than a policy allows are an error. */
    public Doctor strict() {
        return new Doctor(database, lease, clock, pause, true);
    }

    /**
     * Asks everything. A question that fails is a finding too, never an exception.
     *
     * @return what is wrong or worth knowing, in the order of the invariants; empty if all is well
     */
    public List<Finding> examine() {
        Map<Question, Answer> first = look(Questions.of(database.cluster(), lease, clock, strict));
        if (first.isEmpty()) {
            return List.of();
        }
        pause();
        Map<Question, Answer> second = look(first.keySet());
        List<Finding> findings = new ArrayList<>();
        second.forEach((question, answer) -> {
            Answer both = first.get(question).and(answer);
            if (!both.isGood()) {
                findings.add(finding(question, both));
            }
        });
        return findings;
    }

    /** What had no good answer. After two questions in a row that the database did not take, no more are asked. */
    private Map<Question, Answer> look(Collection<Question> questions) {
        Map<Question, Answer> bad = new LinkedHashMap<>();
        int unanswered = 0;
        for (Question question : questions) {
            Answer answer = ask(question);
            unanswered = answer.unanswered() ? unanswered + 1 : 0;
            if (!answer.isGood()) {
                bad.put(question, answer);
            }
            if (unanswered == 2) {
                return bad;
            }
        }
        return bad;
    }

    /** What was found, or why it could not be asked. */
    private record Answer(List<Breach> breaches, RuntimeException failure) {

        boolean isGood() {
            return breaches.isEmpty() && failure == null;
        }

        boolean unanswered() {
            return failure instanceof Problem problem && problem.kind() == Problem.Kind.UNAVAILABLE;
        }

        /** What both say; a failure that did not come again is forgotten. */
        Answer and(Answer later) {
            if (failure != null || later.failure != null) {
                return later;
            }
            return new Answer(breaches.stream().filter(later.breaches::contains).toList(), null);
        }
    }

    private Answer ask(Question question) {
        Transactions transactions = database.transactions();
        try {
            return new Answer(
                    transactions.call(
                            "examine invariant " + question.invariant(),
                            tx -> question.breaches().apply(tx)),
                    null);
        } catch (RuntimeException failed) {
            return new Answer(List.of(), failed);
        }
    }

    private static Finding finding(Question question, Answer answer) {
        if (answer.failure() != null) {
            return new Finding(
                    question.invariant(),
                    Severity.ERROR,
                    "It could not be asked whether this is so: " + question.what() + ". "
                            + answer.failure().getMessage(),
                    answer.unanswered()
                            ? "See whether the database runs; if it does, it may have more history than it can look through in time."
                            : "See whether the schema is as this version of Requartz needs it.",
                    List.of());
        }
        int found = answer.breaches().size();
        String count = found < Breach.LIMIT ? String.valueOf(found) : "at least " + found;
        return new Finding(
                question.invariant(),
                question.severity(),
                question.what() + " (" + count + " found).",
                question.hint(),
                answer.breaches().stream().limit(EXAMPLES).map(Breach::example).toList());
    }

    /** Not interruptible, as nothing is that comes near the database; short. */
    private void pause() {
        Ticker ticker = Ticker.system();
        long end = ticker.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos();
                left > 0 && left <= TimeUnit.MINUTES.toNanos(1);
                left = end - ticker.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
