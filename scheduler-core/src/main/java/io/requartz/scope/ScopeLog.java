package io.requartz.scope;

import io.requartz.failure.Failure;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.run.Closing;
import io.requartz.run.FiredRun;
import io.requartz.run.Run;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log lines of scopes, each once, after the commit of what it tells. */
public final class ScopeLog {

    private static final Logger log = LoggerFactory.getLogger("io.requartz.runs");

    private final Function<String, Optional<JobTypeDefinition>> types;

    /** @param types the job type of a name, from memory */
    public ScopeLog(Function<String, Optional<JobTypeDefinition>> types) {
        this.types = types;
    }

    /** Of an outcome that has changed its scope, or was counted by it. */
    public void tell(Closing closing) {
        ScopeChange change = closing.scope();
        ScopeTexts texts = change.definition().log();
        Map<String, String> values = values(change, closing);
        if (change.counted()) {
            boolean stays = change.before().state().disabled() && change.manual();
            log.warn("{}{}", ScopeTexts.fill(texts.failed(), values::get), stays ? "; it stays disabled" : "");
        }
        if (change.disables()) {
            log.error("{}", ScopeTexts.fill(texts.disabled(), values::get));
        }
        if (change.enables()) {
            String text = change.manual() ? texts.reEnabledManual() : texts.reEnabled();
            log.info("{}", ScopeTexts.fill(text, values::get));
        }
    }

    private Map<String, String> values(ScopeChange change, Closing closing) {
        FiredRun run = closing.outcome().fired();
        Map<String, String> values = values(change.after(), change.definition(), run.type(), run.runId());
        values.put("attempt", Integer.toString(run.attempt()));
        values.put("next", next(closing));
        Failure failure = closing.outcome().failure();
        if (failure != null) {
            values.put("category", failure.category().name());
            values.put("message", message(failure));
        }
        return values;
    }

    private static String message(Failure failure) {
        String text = failure.message() == null ? "no message" : failure.message();
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }

    private static String next(Closing closing) {
        return switch (closing.next()) {
            case RETRYING -> "it will be retried at " + closing.dueAt().truncatedTo(ChronoUnit.SECONDS);
            case PARKED -> "it is parked until the scope is enabled";
            default -> "it is " + closing.next() + " now";
        };
    }

    private Map<String, String> values(Scope scope, ScopeDefinition definition, String type, String runId) {
        Map<String, String> values = new HashMap<>(scope.dimensions());
        values.put("title", types.apply(type).map(JobTypeDefinition::title).orElse(type));
        values.put("type", type);
        values.put("scope", scope.name());
        values.put("label", scope.label());
        values.put("failures", Integer.toString(scope.state().failures()));
        values.put("limit", Integer.toString(definition.disableAfter()));
        values.put("run", runId);
        return values;
    }

    /** A person asked for a run of this scope. */
    void triggered(Run run, Scope scope, ScopeDefinition definition) {
        Map<String, String> values = values(scope, definition, run.type(), run.id());
        log.info("{}", ScopeTexts.fill(definition.log().manual(), values::get));
    }
}
