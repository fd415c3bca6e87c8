package io.requartz.run;

import io.requartz.plugin.JobTypeDefinition;
import io.requartz.run.ManyRuns.Act;
import io.requartz.run.RunRepository.Fresh;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.List;

/** Makes new runs of settled ones: a retry of what has ended. */
final class RunCopies {

    private final RunServices services;
    private final SubmissionChecks checks;
    private final RunIds ids;

    RunCopies(RunServices services, SubmissionChecks checks, RunIds ids) {
        this.services = services;
        this.checks = checks;
        this.ids = ids;
    }

    /**
     * The run to be; nothing is written.
     *
     * @param settled with its payload
     * @param newPayload null: as it is
     * @param due null: now
     * @throws io.requartz.problem.Problem if its type is gone, or takes the payload no more
     */
    Run prepare(Run settled, Actor by, String newPayload, Instant due) {
        Submission wish = Submission.of(settled.type())
                .payload(newPayload == null ? settled.payload() : newPayload)
                .priority(settled.priority())
                .tags(settled.tags())
                .uniqueWhileOpen(settled.uniqueKey())
                .policy(settled.origin().policy())
                .manual(true)
                .at(due)
                .by(by)
                .build();
        JobTypeDefinition type = services.type(wish.type());
        checks.check(wish, type);
        return NewRun.of(
                ids.next(),
                wish,
                type.plugin(),
                origin(wish, type),
                services.clock().instant(),
                settled.id());
    }

    /** What a new run brings along; its scope is found, or made, in a transaction of its own. */
    Origin origin(Submission wish, JobTypeDefinition type) {
        return new Origin(services.scopes().find(type, wish.payload()), wish.manual(), wish.policy(), null, null, null);
    }

    /** @throws io.requartz.problem.Problem of kind CONFLICT, before anything is written, if its unique key is an open run's */
    void insert(Tx tx, Run copy, Run settled, Act act) {
        Fresh wanted = new Fresh(copy, "");
        TakenKeys taken = new TakenKeys().read(tx, services.runs(), List.of(wanted));
        taken.answer(wanted);
        services.runs().insert(tx, List.of(taken.take(wanted)));
        services.runs()
                .append(
                        tx,
                        new RunEvent(
                                settled.id(),
                                copy.createdAt(),
                                "copied",
                                null,
                                null,
                                act.by().name(),
                                act.note(),
                                "{\"copy\":\"" + copy.id() + "\"}"));
        services.scopes().triggered(tx, copy.origin().scopeId(), copy.id(), act.by());
    }
}
