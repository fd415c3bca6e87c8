package io.requartz.schedule;

import io.requartz.audit.AuditLog;
import io.requartz.definition.DefinitionRepository;
import io.requartz.definition.Definitions;
import io.requartz.guard.Pause;
import io.requartz.run.Runs;
import io.requartz.tx.Transactions;
import io.requartz.tx.Tx;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/**
 * What schedules need of the node.
 *
 * @param stored definitions as they stand in the database now
 * @param known definitions as this node remembers them
 * @param pauses what is paused; nobody pauses anything more until the commit
 * @param wake lets the scheduler's thread look for what is due
 */
public record ScheduleServices(
        Transactions transactions,
        ScheduleRepository schedules,
        DefinitionRepository stored,
        Definitions known,
        Runs runs,
        AuditLog audit,
        Function<Tx, List<Pause>> pauses,
        FireHold hold,
        Runnable wake,
        InstantSource clock) {}
