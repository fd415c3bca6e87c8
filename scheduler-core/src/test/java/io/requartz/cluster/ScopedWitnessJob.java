package io.requartz.cluster;

import io.requartz.api.JobType;
import io.requartz.api.Retry;
import io.requartz.api.RunContext;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.scope.Standing;
import io.requartz.scope.Stands;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

/** As {@link WitnessJob}, and its failures count for the scope of its payload's {@code shop}. */
@JobType(
        value = ScopedWitnessJob.TYPE,
        title = "Scoped witness",
        retry = @Retry(maxAttempts = WitnessJob.MAX_ATTEMPTS, base = "100ms", maxDelay = "2s", jitter = "none"))
public final class ScopedWitnessJob implements Job {

    static final String TYPE = "scoped";
    static final String SCOPE = "shop";

    /** Its failures are counted, and never so many that it is disabled. */
    static final String DEFINITION = "{\"dimensions\": [\"shop\"], \"disable-after\": 1000}";

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        WitnessJob.attempt(RunContext.of(context));
    }

    /** The type with its place in the scope; others as they are. */
    static JobTypeDefinition configured(JobTypeDefinition type) {
        return !type.name().equals(TYPE) ? type : type.standing(new Standing(SCOPE, Stands.GATED));
    }
}
