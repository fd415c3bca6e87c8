package io.requartz.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.audit.AuditChange;
import java.time.Instant;

/** What the audit is told of acts on single runs. Payloads stay with the run: the audit is kept when they are erased. */
final class RunAudit {

    private static final String RUN = "run";

    private RunAudit() {}

    static AuditChange cancelled(Run before, boolean requested, String note) {
        ObjectNode after =
                requested ? object().put("cancel_requested", true) : object().put("state", RunState.CANCELLED.name());
        return new AuditChange("run.cancel", RUN, before.id(), state(before).toString(), after.toString(), note);
    }

    static AuditChange retried(Run before, Instant due, boolean edited, String note) {
        ObjectNode after = object().put("due_at", due.toString());
        ObjectNode was = state(before);
        if (edited) {
            was.put("payload_version", before.payloadVersion());
            after.put("payload_version", before.payloadVersion() + 1);
        }
        boolean dead = before.state() == RunState.DEAD;
        return new AuditChange(
                dead ? "dead-letter.retry" : "run.retry",
                dead ? "dead-letter" : RUN,
                before.id(),
                was.toString(),
                after.toString(),
                note);
    }

    static AuditChange copied(Run settled, Run copy, String note) {
        return new AuditChange(
                "run.retry",
                RUN,
                settled.id(),
                state(settled).toString(),
                object().put("copy", copy.id()).toString(),
                note);
    }

    static AuditChange edited(Run before, RunEdit edit, String note) {
        ObjectNode was = object();
        ObjectNode is = object();
        if (edit.payload() != null) {
            was.put("payload_version", before.payloadVersion());
            is.put("payload_version", before.payloadVersion() + 1);
        }
        if (edit.priority() != null) {
            was.put("priority", before.priority().label());
            is.put("priority", edit.priority().label());
        }
        if (edit.tags() != null) {
            tags(was.putArray("tags"), before.tags());
            tags(is.putArray("tags"), edit.tags());
        }
        if (edit.policy() != null) {
            was.put("policy", before.origin().policy());
            is.put("policy", edit.policy());
        }
        return new AuditChange("run.edit", RUN, before.id(), was.toString(), is.toString(), note);
    }

    private static void tags(ArrayNode list, Iterable<String> tags) {
        tags.forEach(list::add);
    }

    private static ObjectNode state(Run run) {
        return object().put("state", run.state().name());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
