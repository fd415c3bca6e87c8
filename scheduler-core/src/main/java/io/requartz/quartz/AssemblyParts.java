package io.requartz.quartz;

import io.requartz.time.Ticker;
import java.time.Duration;

/**
 * What a scheduler is made of, besides its store.
 *
 * @param threads worker threads
 * @param virtual whether they are virtual
 * @param batch most runs that one acquisition takes
 * @param poll how long the scheduler's thread rests at most
 */
public record AssemblyParts(
        Executions executions,
        ExecutionServices services,
        Deciding deciding,
        int threads,
        boolean virtual,
        int batch,
        Duration poll,
        Ticker ticker) {}
