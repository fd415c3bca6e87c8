package io.requartz.run;

import java.util.List;

/**
 * What a person changes of a run that is not running; null leaves it as it is.
 *
 * @param payload JSON text of an object; raises the payload's version, and so the idempotency key that the job sees
 * @param policy the run's own keys of a retry policy, all of them, JSON text of an object; an empty one: none
 */
public record RunEdit(String payload, Priority priority, List<String> tags, String policy) {

    public RunEdit {
        tags = tags == null ? null : List.copyOf(tags);
    }

    static RunEdit payload(String json) {
        return new RunEdit(json, null, null, null);
    }
}
