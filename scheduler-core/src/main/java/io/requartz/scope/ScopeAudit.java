package io.requartz.scope;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.audit.AuditChange;

/** Changes of scopes, as the audit keeps them: the subject is the scope's id, its key stands in what it was and is. */
public final class ScopeAudit {

    private static final String KIND = "scope";

    private ScopeAudit() {}

    static AuditChange reset(Scope before, Scope after, String note) {
        return change("scope.reset", before, after, note);
    }

    static AuditChange enabled(Scope before, Scope after, String note) {
        return change("scope.enable", before, after, note);
    }

    static AuditChange disabled(Scope before, Scope after, String note) {
        return change("scope.disable", before, after, note);
    }

    /** What an outcome did by itself. */
    public static AuditChange automatic(ScopeChange change, String runId) {
        return change.disables()
                ? disabled(change.before(), change.after(), "by the failures of run " + runId + " and those before it")
                : enabled(change.before(), change.after(), "by the success of run " + runId);
    }

    private static AuditChange change(String action, Scope before, Scope after, String note) {
        return new AuditChange(action, KIND, Long.toString(before.id()), json(before), json(after), note);
    }

    private static String json(Scope scope) {
        ScopeState state = scope.state();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("scope", scope.key())
                .put("failures", state.failures())
                .put("disabled", state.disabled());
        if (state.disabled()) {
            json.put("disabled_at", state.disabledAt().toString()).put("disabled_by", state.disabledBy());
        }
        return json.toString();
    }
}
