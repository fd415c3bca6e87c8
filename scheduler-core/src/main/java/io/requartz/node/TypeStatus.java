package io.requartz.node;

import io.requartz.plugin.JobTypeDefinition;
import java.util.List;

/**
 * A job type in the cluster.
 *
 * @param nodes ids of the live nodes that can run it; if there is none its runs wait
 * @param due how many of its runs could start now
 */
public record TypeStatus(JobTypeDefinition definition, List<String> nodes, boolean paused, long due) {}
