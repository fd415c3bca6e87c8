package io.requartz.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.audit.AuditChange;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Problem;
import io.requartz.problem.Spelling;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.Submission;
import io.requartz.schedule.ScheduleRepository.Fire;
import io.requartz.tx.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Fires by hand. Neither pause, nor overlap, nor a disabled scope keeps a person from it; the next fire stays where it is. */
final class Triggering {

    private static final int MOST_RETRIES = 100_000;

    private final ScheduleServices services;

    Triggering(ScheduleServices services) {
        this.services = services;
    }

    Triggered trigger(Schedule schedule, ManualFire wish, Actor by, String note) {
        List<Cell> cells = cells(schedule, wish.cells());
        String policy = policy(schedule, wish.maxRetries());
        JobTypeDefinition type = services.runs()
                .type(schedule.type())
                .orElseThrow(() -> Problem.conflict(
                        "No node has ever had the job type '" + schedule.type() + "' of schedule '" + schedule.name()
                                + "'.",
                        "Start a node with the plugin that brings it."));
        Triggered triggered = services.transactions().call("trigger a schedule", tx -> {
            services.schedules().lock(tx, schedule.name());
            Instant time = free(tx, schedule.name());
            List<Run> runs = new ArrayList<>();
            List<Fire> fires = new ArrayList<>();
            for (Cell cell : cells) {
                Submission submission = ScheduledRun.wish(schedule, with(cell, wish.payload()), by)
                        .manual(true)
                        .policy(policy)
                        .build();
                Run run = services.runs()
                        .add(
                                tx,
                                submission,
                                type,
                                schedule.name(),
                                time,
                                cell.name().isEmpty() ? null : cell.name());
                runs.add(run);
                fires.add(new Fire(schedule.name(), time, cell.name(), time, true, run.id(), null, null, 1));
            }
            services.schedules().record(tx, fires);
            services.audit().append(tx, by, audited(schedule, wish, cells.size(), note));
            return new Triggered(schedule.name(), time, runs);
        });
        services.runs().added(triggered.runs());
        return triggered;
    }

    /** A time that no fire has: those of schedules are whole seconds, so this is none. */
    private Instant free(Tx tx, String schedule) {
        Instant time = Instant.ofEpochMilli(services.clock().millis());
        while (time.toEpochMilli() % 1000 == 0 || services.schedules().hasFired(tx, schedule, time)) {
            time = time.plus(Duration.ofMillis(1));
        }
        return time;
    }

    private static List<Cell> cells(Schedule schedule, Map<String, String> part) {
        TreeSet<String> names = schedule.cells().stream()
                .flatMap(cell -> cell.values().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : part.keySet()) {
            if (!names.contains(name)) {
                throw Problem.invalid(
                        "The matrix of schedule '" + schedule.name() + "' has no '" + name + "'"
                                + Spelling.hint(name, names) + ".",
                        names.isEmpty()
                                ? "It has no matrix at all; leave the part out."
                                : "Name some of: " + String.join(", ", names) + ".");
            }
        }
        List<Cell> cells = schedule.cells().stream()
                .filter(cell -> part.entrySet().stream()
                        .allMatch(value -> value.getValue().equals(cell.values().get(value.getKey()))))
                .toList();
        if (cells.isEmpty()) {
            throw Problem.invalid(
                    "No cell of schedule '" + schedule.name() + "' has " + part + ".",
                    "Show the schedule to see its cells.");
        }
        return cells;
    }

    private static String policy(Schedule schedule, Integer maxRetries) {
        ObjectNode policy = JsonNodeFactory.instance.objectNode();
        if (schedule.retry() != null) {
            policy.setAll(ScheduleFormat.normal(schedule.retry()));
        }
        if (maxRetries != null) {
            if (maxRetries < 0 || maxRetries > MOST_RETRIES) {
                throw Problem.invalid(
                        maxRetries + " retries were asked for; expected 0 to " + MOST_RETRIES + ".",
                        "Mend the number.");
            }
            policy.remove("max-attempts");
            policy.put("max-retries", maxRetries);
        }
        return policy.isEmpty() ? null : policy.toString();
    }

    private static Cell with(Cell cell, JsonNode fields) {
        if (fields == null) {
            return cell;
        }
        if (!fields.isObject()) {
            throw Problem.invalid(
                    "The fields to replace in the payload are no JSON object.", "Send them as in {\"batch_size\": 5}.");
        }
        ObjectNode payload = cell.payload().deepCopy();
        fields.properties().forEach(field -> payload.set(field.getKey(), field.getValue()));
        return new Cell(cell.name(), cell.values(), payload);
    }

    private static AuditChange audited(Schedule schedule, ManualFire wish, int cells, String note) {
        ObjectNode after = JsonNodeFactory.instance.objectNode();
        after.put("runs", cells);
        if (wish.payload() != null) {
            after.set("payload", wish.payload());
        }
        if (wish.maxRetries() != null) {
            after.put("max_retries", wish.maxRetries());
        }
        wish.cells().forEach(after.putObject("cells")::put);
        return new AuditChange("schedule.trigger", "schedule", schedule.name(), null, after.toString(), note);
    }
}
