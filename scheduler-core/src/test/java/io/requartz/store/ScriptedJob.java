package io.requartz.store;

import io.requartz.api.JobFailedException;
import io.requartz.api.JobType;
import io.requartz.api.Retry;
import io.requartz.api.RunContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

/** Does at each attempt what its payload says: {@code {"script": ["503", "refuse", "ok"]}}; the last goes on. */
@JobType(value = "scripted", title = "Scripted", retry = @Retry(maxAttempts = 4, base = "10s", jitter = "none"))
public final class ScriptedJob implements Job {

    /** Run id and attempt of everything that was executed, in order. */
    public static final List<String> EXECUTED = new CopyOnWriteArrayList<>();

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        RunContext run = RunContext.of(context);
        EXECUTED.add(run.runId() + "#" + run.attempt());
        List<?> script = (List<?>) context.getMergedJobDataMap().get("script");
        String step = script == null ? "ok" : (String) script.get(Math.min(run.attempt(), script.size()) - 1);
        run.log("step " + step);
        switch (step) {
            case "ok" -> run.result("{\"attempt\": " + run.attempt() + "}");
            case "token" -> run.result(Long.toString(run.fencingToken()));
            case "refuse" ->
                throw new JobFailedException("the payload is wrong").category(io.requartz.api.ErrorCategory.VALIDATION);
            case "error" -> throw new StackOverflowError("deep");
            case "sneaky" -> sneak(new Exception("checked"));
            case "poison" -> throw new PoisonedException();
            case "interrupted" -> Thread.currentThread().interrupt();
            case "nul" -> throw new IllegalStateException("a NUL \0 and half \ud800 a pair");
            case "refire" -> throw new JobExecutionException("again", true);
            case "unschedule" -> {
                JobExecutionException failed = new JobExecutionException("never again");
                failed.setUnscheduleFiringTrigger(true);
                throw failed;
            }
            default -> throw JobFailedException.http(Integer.parseInt(step), "HTTP " + step);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static final class PoisonedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message for you");
        }
    }
}
