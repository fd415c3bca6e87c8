/**
 * The job store: Quartz's clustered JDBC store with a way of our own for runs. {@link io.requartz.jobstore.RequartzJobStore} is
 * where Quartz calls in; {@code DueRuns} takes due runs, {@code OutcomeTransaction} writes what came of them, {@code OutcomeWriter}
 * groups those, {@code LostNode} closes what a dead node left.
 */
package io.requartz.jobstore;
