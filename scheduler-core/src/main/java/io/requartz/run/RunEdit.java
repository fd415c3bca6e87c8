package io.requartz.run;

import java.util.List;

/**
 * What a person changes of a run that is not running; null leaves it as it is.
 *
 * @param payload JSON text of an object; raises the payload's version, and so the idempotency key that the job sees
 */
public record RunEdit(String payload, Priority priority, List<String> tags) {

    public RunEdit {
        tags = tags == null ? null : List.copyOf(tags);
    }

    static RunEdit payload(String json) {
        return new RunEdit(json, null, null);
    }
}
