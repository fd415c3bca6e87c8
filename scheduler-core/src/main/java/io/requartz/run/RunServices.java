package io.requartz.run;

import io.requartz.deadletter.DeadLetterRepository;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Problem;
import io.requartz.time.Ticker;
import io.requartz.tx.Transactions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * What {@link Runs} needs of the node.
 *
 * @param types the job type of a name, of this node or any other of the cluster
 * @param scopes which scope a run is of
 * @param changes tells when runs changed
 * @param wakeAt told when a run is due, in milliseconds since 1970, after its commit
 * @param stopRunning asks this node's attempt of a run, if it has one, to stop: a person cancelled it
 * @param payloadLimit in bytes of UTF-8
 */
public record RunServices(
        Transactions transactions,
        RunRepository runs,
        PendingTriggers triggers,
        DeadLetterRepository deadLetters,
        Function<String, Optional<JobTypeDefinition>> types,
        RunScopes scopes,
        RunChanges changes,
        LongConsumer wakeAt,
        Consumer<String> stopRunning,
        InstantSource clock,
        Ticker ticker,
        RandomGenerator random,
        long payloadLimit) {

    JobTypeDefinition type(String name) {
        return types.apply(name)
                .orElseThrow(() -> Problem.notFound(
                        "There is no job type '" + (name.length() > 100 ? name.substring(0, 100) + "..." : name) + "'.",
                        "List the job types; a plugin's types are known once a node has started with its jar."));
    }
}
