package io.requartz.jobstore;

import io.requartz.audit.AuditLog;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.FireRows;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.quartz.Deciding;
import io.requartz.quartz.Dispatching;
import io.requartz.quartz.Executions;
import io.requartz.quartz.Lease;
import io.requartz.run.Closing;
import io.requartz.run.OutcomePlanner;
import io.requartz.scope.ScopeDefinitions;
import io.requartz.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The store with what belongs to it, wired. */
public final class JobStoreAssembly {

    private final RequartzJobStore store;
    private final OutcomeWriter writer;
    private final LostNode lostNode;

    /**
     * What the store needs of its node.
     *
     * @param offered names of the job types that this node can run
     * @param types the job type of a name, from memory
     * @param schedules fires those that are due; tells when it wants to be asked again, in milliseconds since 1970
     * @param afterCommit told of what was written, after each commit
     */
    public record Surroundings(
            Database database,
            NodeIdentity identity,
            Lease lease,
            Executions executions,
            Supplier<Collection<String>> offered,
            Supplier<OptionalLong> schedules,
            OutcomePlanner planner,
            Gate gate,
            Function<String, Optional<JobTypeDefinition>> types,
            ScopeDefinitions scopes,
            AuditLog audit,
            InstantSource clock,
            Ticker ticker,
            Duration poll,
            Consumer<List<Closing>> afterCommit) {}

    public JobStoreAssembly(Surroundings around, Deciding deciding) {
        Consumer<OutcomeTransaction.Written> afterCommit =
                written -> around.afterCommit().accept(written.closed());
        OutcomeTransaction outcomes = new OutcomeTransaction(
                around.database(),
                new ScopedOutcomes(around.types(), around.scopes(), around.audit(), new FireRows(around.database())));
        this.writer = new OutcomeWriter(outcomes, around.executions(), around.ticker(), afterCommit);
        this.lostNode = new LostNode(around.database(), outcomes, around.planner(), around.clock(), afterCommit);
        this.store = new RequartzJobStore(new StoreParts(
                around.database(),
                around.identity(),
                around.lease(),
                around.executions(),
                around.offered(),
                around.schedules(),
                new DueRuns(around.database(), around.clock(), around.gate()),
                lostNode,
                writer,
                deciding,
                new Dispatching(around.clock()),
                around.ticker(),
                around.clock(),
                around.poll()));
    }

    public RequartzJobStore store() {
        return store;
    }

    public OutcomeWriter writer() {
        return writer;
    }

    /**
     * Closes what a dead boot left open, and stores what follows.
     *
     * @return how many attempts
     */
    public int recover(String deadBoot, String closedBy) {
        return lostNode.recover(deadBoot, closedBy);
    }
}
