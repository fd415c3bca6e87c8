package io.requartz.quartz;

import io.requartz.plugin.JobTypes;
import java.time.InstantSource;

/**
 * What executing an attempt needs of the node.
 *
 * @param resultLimit greatest result of a run, in bytes of UTF-8
 */
public record ExecutionServices(
        JobTypes types, Lease lease, TimeLimits timeLimits, InstantSource clock, long resultLimit) {}
