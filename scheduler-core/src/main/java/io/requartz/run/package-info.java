/**
 * Runs and their attempts: the state machine, and what people and programs can ask of a run. The main path through the code:
 * {@link io.requartz.run.Runs#submit} writes a run with its trigger; {@code io.requartz.jobstore} takes due runs and writes
 * outcomes; {@code io.requartz.quartz} executes them.
 */
package io.requartz.run;
