package io.requartz.quartz;

import java.util.Optional;
import org.quartz.JobExecutionContext;
import org.quartz.Trigger;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.listeners.TriggerListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides, when an attempt is complete, what follows: classifies the failure, counts it, and computes the next fire time. The
 * store writes the decision in Quartz's completion, together with everything that hangs on it.
 *
 * <p>Quartz drops the completion if a listener throws, so nothing here does; and no listener may touch the database.
 */
final class RetryTriggerListener extends TriggerListenerSupport {

    private static final Logger log = LoggerFactory.getLogger(RetryTriggerListener.class);

    private final Executions executions;
    private final Deciding deciding;

    RetryTriggerListener(Executions executions, Deciding deciding) {
        this.executions = executions;
        this.deciding = deciding;
    }

    @Override
    public String getName() {
        return "requartz-retries";
    }

    /** Stops only a run that was cancelled since it was claimed. */
    @Override
    public boolean vetoJobExecution(Trigger trigger, JobExecutionContext context) {
        return executionOf(context)
                .flatMap(Execution::stopReason)
                .filter(reason -> reason == Execution.Stop.CANCELLED)
                .isPresent();
    }

    @Override
    public void triggerComplete(
            Trigger trigger, JobExecutionContext context, CompletedExecutionInstruction instruction) {
        try {
            executionOf(context).ifPresent(execution -> execution.decided(deciding.decide(execution)));
        } catch (Throwable unforeseen) {
            log.error(
                    "No decision for fire {}; it counts as a failure of unknown kind",
                    context.getFireInstanceId(),
                    unforeseen);
        }
    }

    private Optional<Execution> executionOf(JobExecutionContext context) {
        return executions.find(context.getFireInstanceId());
    }
}
