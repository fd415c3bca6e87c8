package io.requartz.quartz;

import java.util.Optional;
import java.util.function.Consumer;
import org.quartz.Scheduler;
import org.quartz.core.JobRunShell;
import org.quartz.core.JobRunShellFactory;
import org.quartz.spi.TriggerFiredBundle;

/**
 * Quartz's shell, with a net below it: Quartz skips the completion when a listener throws, and then the attempt would stay open for
 * ever. Whatever happened inside, when the shell is left the attempt is completed.
 */
final class RunShell extends JobRunShell {

    private final Optional<Execution> execution;
    private final Consumer<Execution> completion;

    private RunShell(
            Scheduler scheduler,
            TriggerFiredBundle bundle,
            Optional<Execution> execution,
            Consumer<Execution> completion) {
        super(scheduler, bundle);
        this.execution = execution;
        this.completion = completion;
    }

    /** Empty for a foreign trigger. */
    Optional<Execution> execution() {
        return execution;
    }

    @Override
    public void run() {
        try {
            super.run();
        } finally {
            execution.ifPresent(completion);
        }
    }

    /** Makes shells for one scheduler. */
    static final class Factory implements JobRunShellFactory {

        private final Executions executions;
        private final Consumer<Execution> completion;
        private Scheduler scheduler;

        /** @param completion completes an execution if nobody has; does nothing otherwise */
        Factory(Executions executions, Consumer<Execution> completion) {
            this.executions = executions;
            this.completion = completion;
        }

        @Override
        public void initialize(Scheduler owner) {
            this.scheduler = owner;
        }

        @Override
        public JobRunShell createJobRunShell(TriggerFiredBundle bundle) {
            return new RunShell(
                    scheduler, bundle, executions.find(bundle.getTrigger().getFireInstanceId()), completion);
        }
    }
}
