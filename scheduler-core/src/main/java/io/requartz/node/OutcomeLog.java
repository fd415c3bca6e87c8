package io.requartz.node;

import io.requartz.failure.Failure;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.Closing;
import io.requartz.run.FiredRun;
import io.requartz.run.RunState;
import io.requartz.scope.ScopeLog;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line an outcome that somebody may want to know of: what failed, and what follows. */
final class OutcomeLog {

    private static final Logger log = LoggerFactory.getLogger("io.requartz.runs");

    private final KnownTypes types;
    private final ScopeLog scopes;

    OutcomeLog(KnownTypes types, ScopeLog scopes) {
        this.types = types;
        this.scopes = scopes;
    }

    void tell(Closing closing) {
        if (closing.scope() != null) {
            scopes.tell(closing);
            if (closing.scope().counted()) {
                return;
            }
        }
        FiredRun run = closing.outcome().fired();
        String title =
                types.remembered(run.type()).map(JobTypeDefinition::title).orElse(run.type());
        Failure failure = closing.outcome().failure();
        if (failure == null) {
            if (closing.outcome().kind() == AttemptOutcome.HANDED_OVER) {
                log.info("{} run {} attempt {} was handed over: {}", title, run.runId(), run.attempt(), closing.why());
            } else {
                log.debug("{} run {} attempt {}: {}", title, run.runId(), run.attempt(), closing.next());
            }
            return;
        }
        String what = oneLine(failure.message());
        if (closing.next() == RunState.RETRYING) {
            log.warn(
                    "{} run {} attempt {} failed ({}): {}. It will be retried at {}: {}",
                    title,
                    run.runId(),
                    run.attempt(),
                    failure.category(),
                    what,
                    closing.dueAt().truncatedTo(ChronoUnit.SECONDS),
                    closing.why());
        } else {
            log.error(
                    "{} run {} attempt {} failed ({}): {}. It is {} now: {}",
                    title,
                    run.runId(),
                    run.attempt(),
                    failure.category(),
                    what,
                    closing.next(),
                    closing.why());
        }
    }

    /** Whatever a downstream answered, one event is one line. */
    private static String oneLine(String text) {
        if (text == null) {
            return "no message";
        }
        String flat = text.replaceAll("\\p{Cntrl}+", " ");
        return flat.length() > 300 ? flat.substring(0, 300) + "..." : flat;
    }
}
