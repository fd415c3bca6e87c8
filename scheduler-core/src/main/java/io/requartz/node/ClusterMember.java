package io.requartz.node;

import io.requartz.definition.DefinitionSet;
import io.requartz.definition.Definitions;
import io.requartz.jdbc.NodeRows.NodeRow;
import io.requartz.jobstore.NodeIdentity;
import io.requartz.jobstore.RequartzJobStore;
import io.requartz.plugin.JobTypes;
import io.requartz.quartz.Execution;
import io.requartz.quartz.Executions;
import io.requartz.quartz.SchedulerAssembly;
import io.requartz.run.Actor;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node as a member of its cluster: it joins, beats, begins anew when its peers gave it up, takes over from dead ones, and leaves. */
public final class ClusterMember {

    private static final Logger log = LoggerFactory.getLogger(ClusterMember.class);

    private final Parts parts;
    private volatile long definitionChanges = -1;

    /** @param configured what this node's configuration defines */
    record Parts(
            NodeIdentity identity,
            NodeSettings settings,
            Membership membership,
            Heart heart,
            Recovery recovery,
            RequartzJobStore store,
            Executions executions,
            SchedulerAssembly scheduler,
            JobTypes types,
            KnownTypes knownTypes,
            Definitions definitions,
            DefinitionSet configured) {}

    ClusterMember(Parts parts) {
        this.parts = parts;
    }

    /** Stores this node's job types and its row; from then on it is a member of the cluster. */
    public void join() throws SchedulerException {
        storeTypes();
        parts.membership().enter(parts.identity().bootId());
        parts.heart().begun();
    }

    /**
     * As {@link #join()}, unless another node has joined under this id meanwhile: of several that start at once, one gets it.
     *
     * @param earlier boots of this node that are known to be dead
     * @throws io.requartz.problem.Problem of kind CONFLICT
     */
    public void join(Set<String> earlier) throws SchedulerException {
        storeTypes();
        parts.membership().enterAlone(parts.identity().bootId(), earlier);
        parts.heart().begun();
    }

    private void storeTypes() throws SchedulerException {
        parts.membership().storeTypes(parts.types());
        parts.definitions()
                .storeSet(
                        parts.configured(), new Actor("node:" + parts.settings().nodeId()));
        parts.scheduler().storeDetails(List.copyOf(parts.knownTypes().offered()));
        parts.knownTypes().refresh();
    }

    /** Takes the node's row away, if nothing of this boot is left open; else peers will recover it. */
    public void leave() {
        parts.membership().leave(parts.identity().bootId());
    }

    /** One beat; a node that was given up by its peers begins anew. @return boots that need recovery */
    public List<NodeRow> beat() {
        Heart.Beat beat = parts.heart().beat();
        definitionChanges = beat.definitionChanges();
        if (beat.fenced()) {
            beginAnew();
            return List.of();
        }
        if (beat.dead().isEmpty()) {
            return beat.lost();
        }
        return Stream.concat(beat.dead().stream(), beat.lost().stream()).toList();
    }

    private void beginAnew() {
        String old = parts.identity().bootId();
        log.error(
                "This node was taken for dead: boot {} is gone from the cluster. What it is running was taken over and is stopped; it returns with a new boot.",
                old);
        String fresh = parts.identity().newBootId();
        parts.membership().enter(fresh);
        parts.identity().adopt(fresh);
        parts.store().rebooted();
        parts.heart().begun();
        parts.executions().all().stream()
                .filter(execution -> execution.bootId().equals(old))
                .forEach(execution -> execution.stop(Execution.Stop.FENCED));
    }

    /** Whether the last beat has seen definitions that this node has not read yet. */
    boolean definitionsChangedElsewhere() {
        return !parts.definitions().knows(definitionChanges);
    }

    /** Closes what a dead peer left open. Does nothing if its counter has moved since. */
    public void recover(NodeRow dead) {
        parts.recovery().recover(dead);
    }

    /** Fired rows of boots that have no row: whoever they were, nobody will complete them. */
    public void sweep() {
        parts.recovery().sweep();
    }
}
