package io.requartz.node;

import io.requartz.definition.Definitions;
import io.requartz.jdbc.AuditRows;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.ParkedRows;
import io.requartz.jdbc.ScopeRows;
import io.requartz.jdbc.TriggerRows;
import io.requartz.scope.ScopeDefinitions;
import io.requartz.scope.ScopeGate;
import io.requartz.scope.ScopeLog;
import io.requartz.scope.ScopeReleases;
import io.requartz.scope.Scopes;
import io.requartz.scope.SubmissionScopes;
import java.time.InstantSource;
import java.util.function.LongConsumer;

/** What a node has to do with scopes, wired. */
final class Scoping {

    private final ScopeDefinitions definitions;
    private final ScopeLog log;
    private final ScopeGate gate;
    private final ScopeReleases releases;
    private final SubmissionScopes ofRuns;
    private final Scopes service;

    Scoping(
            Database database,
            KnownTypes types,
            Definitions stored,
            AuditRows audit,
            LongConsumer wakeAt,
            InstantSource clock) {
        ScopeRows rows = new ScopeRows();
        this.definitions = new ScopeDefinitions(stored);
        this.log = new ScopeLog(types::remembered);
        this.gate = new ScopeGate(rows, types::remembered);
        this.releases = new ScopeReleases(
                database.transactions(),
                rows,
                new ParkedRows(database.dialect()),
                new TriggerRows(database),
                definitions,
                wakeAt,
                clock);
        this.ofRuns = new SubmissionScopes(database.transactions(), rows, definitions, audit, log, clock);
        this.service = new Scopes(database.transactions(), rows, definitions, stored, audit, clock);
    }

    ScopeDefinitions definitions() {
        return definitions;
    }

    ScopeLog log() {
        return log;
    }

    ScopeGate gate() {
        return gate;
    }

    ScopeReleases releases() {
        return releases;
    }

    SubmissionScopes ofRuns() {
        return ofRuns;
    }

    Scopes service() {
        return service;
    }
}
