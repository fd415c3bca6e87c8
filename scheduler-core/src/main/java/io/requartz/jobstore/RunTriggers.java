package io.requartz.jobstore;

import io.requartz.jdbc.TriggerRows;
import java.sql.Connection;
import org.quartz.JobDetail;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.jdbcjobstore.TriggerPersistenceDelegate;
import org.quartz.spi.OperableTrigger;

/**
 * How Quartz reads a trigger of ours: one fire at its next fire time. All of it stands in QRTZ_TRIGGERS, so it has no row in a table
 * of its kind, which would have to be written and deleted with each attempt. Quartz never writes one.
 */
final class RunTriggers implements TriggerPersistenceDelegate {

    @Override
    public void initialize(String tablePrefix, String schedulerName) {
        // needs no statement
    }

    @Override
    public String getHandledTriggerTypeDiscriminator() {
        return TriggerRows.KIND;
    }

    @Override
    public boolean canHandleTriggerType(OperableTrigger trigger) {
        return false;
    }

    @Override
    public TriggerPropertyBundle loadExtendedTriggerProperties(Connection connection, TriggerKey key) {
        return new TriggerPropertyBundle(
                SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionIgnoreMisfires(),
                new String[0],
                new Object[0]);
    }

    @Override
    public int insertExtendedTriggerProperties(
            Connection connection, OperableTrigger trigger, String state, JobDetail job) {
        throw neverStored();
    }

    @Override
    public int updateExtendedTriggerProperties(
            Connection connection, OperableTrigger trigger, String state, JobDetail job) {
        throw neverStored();
    }

    @Override
    public int deleteExtendedTriggerProperties(Connection connection, TriggerKey key) {
        return 0;
    }

    private static IllegalStateException neverStored() {
        return new IllegalStateException("Quartz was to store a trigger of a run, and only Requartz does");
    }
}
