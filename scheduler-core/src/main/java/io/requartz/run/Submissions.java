package io.requartz.run;

import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Problem;
import io.requartz.run.RunRepository.Fresh;
import io.requartz.tx.CallersTx;
import io.requartz.tx.DuplicateKeyException;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Makes runs of wishes: one, many in few statements, or some within the transaction of a caller. Thread-safe. */
final class Submissions {

    /** Runs that one statement a table inserts; of many that come in parts, also those of a transaction, so that none is long. */
    static final int PART = 512;

    /** A part is full with so many characters of payload, whatever their number. */
    private static final int PART_CHARS = 4 << 20;

    private static final int TRIES = 3;
    private static final int TOLD = 20;

    private final RunServices services;
    private final SubmissionChecks checks;
    private final RunIds ids;
    private final SubmissionGroups groups;

    Submissions(RunServices services, SubmissionChecks checks, RunIds ids) {
        this.services = services;
        this.checks = checks;
        this.ids = ids;
        this.groups = new SubmissionGroups(
                runs -> services.runs().commit(services.transactions(), runs),
                services.ticker(),
                SubmissionGroups.MOST_PATIENCE);
    }

    Submitted submit(Submission wish) {
        JobTypeDefinition type = checked(wish, services.type(wish.type()));
        Long scope = services.scopes().find(type, wish.payload());
        Fresh wanted = wanted(wish, type, scope);
        if (wish.manual() || TakenKeys.any(List.of(wanted))) {
            return insertAll(List.of(wanted), wish.by()).get(0);
        }
        groups.insert(wanted);
        tell(List.of(wanted.run()));
        return new Submitted(wanted.run(), true);
    }

    /** All of them or none, in one transaction. */
    List<Submitted> submitAll(List<Submission> wishes) {
        return insertAll(wanted(wishes), by(wishes));
    }

    private List<Submitted> insertAll(List<Fresh> wanted, Actor by) {
        for (int attempt = 1; ; attempt++) {
            try {
                List<Submitted> all = services.transactions().call("submit runs", tx -> insertFree(tx, wanted, by));
                tell(created(all));
                return all;
            } catch (DuplicateKeyException takenMeanwhile) {
                if (attempt == TRIES) {
                    throw takenMeanwhile(takenMeanwhile);
                }
            }
        }
    }

    void submitInParts(Iterator<Submission> wishes, Consumer<List<Submitted>> committed) {
        while (wishes.hasNext()) {
            committed.accept(submitAll(nextPart(wishes)));
        }
    }

    private static List<Submission> nextPart(Iterator<Submission> wishes) {
        List<Submission> part = new ArrayList<>();
        long chars = 0;
        while (wishes.hasNext() && part.size() < PART && chars < PART_CHARS) {
            Submission wish = wishes.next();
            part.add(wish);
            chars += wish.payload().length();
        }
        return part;
    }

    /**
     * All of them or none, within the caller's transaction. What can be asked in transactions of our own is asked there: in the
     * caller's, a read may lock what it has read until the caller is done.
     */
    List<Submitted> submitWithin(CallersTx caller, List<Submission> wishes) {
        wishes.forEach(Submissions::requireNoPerson);
        List<Fresh> wanted = wanted(wishes);
        boolean keys = TakenKeys.any(wanted);
        for (int attempt = 1; ; attempt++) {
            TakenKeys taken = new TakenKeys();
            if (keys) {
                services.transactions()
                        .call("look for the keys of runs", tx -> taken.read(tx, services.runs(), wanted));
            }
            if (attempt > 1) {
                // by the caller itself, which nobody else sees yet
                caller.allOrNothing("look for the keys of runs", tx -> taken.read(tx, services.runs(), wanted));
            }
            Answers answers = Answers.of(taken, wanted);
            try {
                return caller.allOrNothing("submit runs", tx -> {
                    inParts(answers.fresh(), part -> insert(tx, part, by(wishes)));
                    return answers.all();
                });
            } catch (DuplicateKeyException now) {
                if (attempt == TRIES) {
                    throw takenSince(now);
                }
            }
        }
    }

    /** It may enable a scope, whose row would stay locked until the caller is done: every outcome in the scope would wait. */
    private static void requireNoPerson(Submission wish) {
        if (wish.manual()) {
            throw Problem.invalid(
                    "A run that a person wants now (manual) cannot be submitted within another transaction.",
                    "Submit it by itself, or leave 'manual' out.");
        }
    }

    // ---- what is wanted

    private Fresh wanted(Submission wish, JobTypeDefinition type, Long scope) {
        Origin origin = new Origin(scope, wish.manual(), wish.policy(), null, null, null);
        Instant now = services.clock().instant();
        Run run = NewRun.of(ids.next(), wish, type.plugin(), origin, now, null);
        // only keys are ever compared by it
        return new Fresh(run, wish.idempotencyKey() == null ? "" : Payloads.hash(wish.payload()));
    }

    private JobTypeDefinition checked(Submission wish, JobTypeDefinition type) {
        checks.check(wish, type);
        services.ownPolicies().require(wish.type(), wish.payload(), wish.policy());
        return type;
    }

    private List<Fresh> wanted(List<Submission> wishes) {
        Map<String, JobTypeDefinition> types = new HashMap<>();
        List<RunScopes.Asked> asked = new ArrayList<>(wishes.size());
        List<String> wrong = new ArrayList<>();
        Problem first = null;
        for (int i = 0; i < wishes.size(); i++) {
            Submission wish = wishes.get(i);
            try {
                JobTypeDefinition type = types.computeIfAbsent(wish.type(), services::type);
                asked.add(new RunScopes.Asked(checked(wish, type), wish.payload()));
            } catch (Problem refused) {
                if (refused.kind() == Problem.Kind.UNAVAILABLE) {
                    throw refused;
                }
                first = first == null ? refused : first;
                wrong.add("run " + (i + 1) + ": " + refused.getMessage());
            }
        }
        if (first != null) {
            throw refused(wishes.size(), wrong, first);
        }
        List<Long> scopes = services.scopes().findAll(asked);
        List<Fresh> wanted = new ArrayList<>(wishes.size());
        for (int i = 0; i < wishes.size(); i++) {
            wanted.add(wanted(wishes.get(i), asked.get(i).type(), scopes.get(i)));
        }
        return wanted;
    }

    private static Problem refused(int of, List<String> wrong, Problem first) {
        if (of == 1) {
            return first;
        }
        return Problem.invalid(
                wrong.size() + " of " + of + " runs cannot be accepted, and none was submitted.",
                first.hint(),
                wrong.size() <= TOLD ? wrong : wrong.subList(0, TOLD));
    }

    // ---- inserting

    private List<Submitted> insertFree(Tx tx, List<Fresh> wanted, Actor by) {
        List<Submitted> all = new ArrayList<>(wanted.size());
        inParts(wanted, part -> {
            Answers answers = Answers.of(new TakenKeys().read(tx, services.runs(), part), part);
            insert(tx, answers.fresh(), by);
            all.addAll(answers.all());
        });
        return all;
    }

    /**
     * The run for each: an earlier one of its key, or a new one.
     *
     * @param fresh the new ones, which nobody has inserted yet
     */
    private record Answers(List<Submitted> all, List<Fresh> fresh) {

        static Answers of(TakenKeys taken, List<Fresh> wanted) {
            Answers answers = new Answers(new ArrayList<>(wanted.size()), new ArrayList<>());
            for (Fresh each : wanted) {
                Optional<Submitted> earlier = taken.answer(each);
                if (earlier.isEmpty()) {
                    answers.fresh.add(taken.take(each));
                }
                answers.all.add(earlier.orElseGet(() -> new Submitted(each.run(), true)));
            }
            return answers;
        }
    }

    private static void inParts(List<Fresh> all, Consumer<List<Fresh>> work) {
        for (int from = 0; from < all.size(); from += PART) {
            work.accept(all.subList(from, Math.min(all.size(), from + PART)));
        }
    }

    /** Checked runs with their triggers, as part of a transaction. */
    void insert(Tx tx, List<Fresh> runs, Actor by) {
        if (runs.isEmpty()) {
            return;
        }
        services.runs().insert(tx, runs);
        for (Run run : onePerScope(runs.stream().map(Fresh::run).toList())) {
            services.scopes().triggered(tx, run.origin().scopeId(), run.id(), by);
        }
    }

    /** After the commit. */
    void tell(List<Run> runs) {
        runs.stream().mapToLong(run -> run.dueAt().toEpochMilli()).min().ifPresent(services.wakeAt());
        onePerScope(runs).forEach(services.scopes()::tellTriggered);
    }

    /** Of those that a person wants, the first in each scope. */
    private static List<Run> onePerScope(List<Run> runs) {
        Set<Long> scopes = new HashSet<>();
        return runs.stream()
                .filter(run -> run.origin().manual() && run.origin().scopeId() != null)
                .filter(run -> scopes.add(run.origin().scopeId()))
                .toList();
    }

    private static List<Run> created(List<Submitted> all) {
        return all.stream().filter(Submitted::created).map(Submitted::run).toList();
    }

    private static Actor by(List<Submission> wishes) {
        return wishes.isEmpty() ? Actor.SYSTEM : wishes.get(0).by();
    }

    /** The caller's transaction may see a key as it was when it began, for as long as it lasts. */
    private static Problem takenSince(DuplicateKeyException cause) {
        return Problem.unavailable(
                "A key of one of the runs was taken by another run since this transaction began.",
                "Roll back, and do all of it again.",
                cause);
    }

    private static Problem takenMeanwhile(DuplicateKeyException cause) {
        Problem conflict = Problem.conflict(
                "A key of one of the runs was taken again and again while they were submitted.",
                "Submit them again; with the same idempotency keys nothing is done twice.");
        conflict.addSuppressed(cause);
        return conflict;
    }
}
