package io.requartz.jobstore;

import io.requartz.jdbc.Database;
import io.requartz.quartz.Deciding;
import io.requartz.quartz.Dispatching;
import io.requartz.quartz.Executions;
import io.requartz.quartz.Lease;
import io.requartz.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What the store is made of.
 *
 * @param offered names of the job types that this node can run
 * @param schedules fires those that are due; tells when it wants to be asked again, in milliseconds since 1970
 * @param poll how often foreign triggers are looked for while there is work of ours
 */
record StoreParts(
        Database database,
        NodeIdentity identity,
        Lease lease,
        Executions executions,
        Supplier<Collection<String>> offered,
        Supplier<OptionalLong> schedules,
        DueRuns dueRuns,
        LostNode lostNode,
        OutcomeWriter writer,
        Deciding deciding,
        Dispatching dispatching,
        Ticker ticker,
        InstantSource clock,
        Duration poll) {}
