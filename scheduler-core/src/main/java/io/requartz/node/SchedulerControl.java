package io.requartz.node;

import io.requartz.audit.AuditChange;
import io.requartz.audit.AuditLog;
import io.requartz.guard.Pause;
import io.requartz.jdbc.ControlRows;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.NodeRows;
import io.requartz.jdbc.NodeRows.NodeRow;
import io.requartz.jdbc.RunRows;
import io.requartz.jdbc.TriggerRows;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.run.RunState;
import io.requartz.tx.Tx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler as a whole: what it is doing, and holding it. Thread-safe. All methods throw {@link Problem}. */
public final class SchedulerControl {

    private static final Logger log = LoggerFactory.getLogger(SchedulerControl.class);

    private static final String KIND = "scheduler";

    private final Database database;
    private final AuditLog audit;
    private final ControlRows control;
    private final NodeRows nodes = new NodeRows();
    private final RunRows runs;
    private final TriggerRows triggers;
    private final KnownTypes types;
    private final Supplier<String> ownBoot;
    private final Runnable wake;
    private final InstantSource clock;

    SchedulerControl(Engine engine, InstantSource clock) {
        this.database = engine.database();
        this.audit = engine.audit();
        this.control = new ControlRows(database.dialect());
        this.runs = new RunRows(database);
        this.triggers = new TriggerRows(database);
        this.types = engine.knownTypes();
        this.ownBoot = engine::bootId;
        this.wake = engine.store()::wake;
        this.clock = clock;
    }

    public SchedulerStatus status() {
        List<JobTypeDefinition> known = types.all();
        return database.transactions().call("read the scheduler's status", tx -> status(tx, known));
    }

    private SchedulerStatus status(Tx tx, List<JobTypeDefinition> known) {
        List<Pause> pauses = control.pauses(tx);
        Optional<Pause> all =
                pauses.stream().filter(pause -> pause.type() == null).findFirst();
        List<PausedType> paused = pauses.stream()
                .filter(pause -> pause.type() != null)
                .map(pause -> new PausedType(pause.type(), pause.since(), pause.by(), pause.note()))
                .toList();
        Map<RunState, Long> counts = runs.countByState(tx);
        List<NodeStatus> present = nodes(tx);
        List<TypeStatus> statuses = known.stream()
                .map(type -> new TypeStatus(
                        type,
                        present.stream()
                                .filter(node -> !node.state().equals("LOST")
                                        && node.types().contains(type.name()))
                                .map(NodeStatus::id)
                                .toList(),
                        paused.stream().anyMatch(hold -> hold.type().equals(type.name())),
                        triggers.countDue(tx, type.name(), clock.millis())))
                .toList();
        return new SchedulerStatus(
                all.isPresent(),
                all.map(Pause::since).orElse(null),
                all.map(Pause::by).orElse(null),
                paused,
                counts,
                present,
                statuses);
    }

    /**
     * Holds a job type, or everything: once this has returned nothing of it starts on any node. What runs goes on.
     *
     * @param type null: everything
     * @param note why; may be null
     */
    public SchedulerStatus pause(String type, Actor by, String note) {
        requireKnown(type);
        database.transactions().run("pause", tx -> {
            List<Pause> pauses = new ArrayList<>(control.pausesForUpdate(tx));
            if (pauses.stream().noneMatch(pause -> Objects.equals(pause.type(), type))) {
                pauses.add(new Pause(type, clock.instant(), by.name(), note));
                control.write(tx, pauses);
                audit.append(tx, by, AuditChange.of("scheduler.pause", KIND, subject(type), note));
            }
        });
        log.info("{} paused {}", by.name(), type == null ? "everything" : "job type " + type);
        return status();
    }

    /** @param type null: everything that was paused as a whole; single types stay paused */
    public SchedulerStatus resume(String type, Actor by, String note) {
        requireKnown(type);
        database.transactions().run("resume", tx -> {
            List<Pause> pauses = new ArrayList<>(control.pausesForUpdate(tx));
            if (pauses.removeIf(pause -> Objects.equals(pause.type(), type))) {
                control.write(tx, pauses);
                audit.append(tx, by, AuditChange.of("scheduler.resume", KIND, subject(type), note));
            }
        });
        log.info("{} resumed {}", by.name(), type == null ? "everything" : "job type " + type);
        wake.run();
        return status();
    }

    private static String subject(String type) {
        return type == null ? "everything" : "type:" + type;
    }

    private void requireKnown(String type) {
        if (type != null && types.find(type).isEmpty()) {
            throw Problem.notFound(
                    "There is no such job type.", "List the job types; leave the type out to mean everything.");
        }
    }

    public List<NodeStatus> nodes() {
        return database.transactions().call("read the nodes", this::nodes);
    }

    private List<NodeStatus> nodes(Tx tx) {
        return nodes.all(tx).stream().map(this::node).toList();
    }

    private NodeStatus node(NodeRow row) {
        return new NodeStatus(
                row.nodeId(),
                row.bootId(),
                row.state(),
                row.startedAt(),
                row.lastBeatAt(),
                row.host(),
                row.pid(),
                row.version(),
                row.workers(),
                row.running(),
                row.types(),
                row.bootId().equals(ownBoot.get()));
    }

    /** All that any node has ever brought along, by name. */
    public List<JobTypeDefinition> jobTypes() {
        return types.all();
    }
}
