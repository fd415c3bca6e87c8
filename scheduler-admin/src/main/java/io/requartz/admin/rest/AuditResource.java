package io.requartz.admin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.audit.AuditEntry;
import io.requartz.audit.AuditFilter;
import io.requartz.audit.AuditTrail;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who changed what. */
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public final class AuditResource {

    private final AuditTrail audit;

    @Inject
    AuditResource(AuditTrail audit) {
        this.audit = audit;
    }

    @GET
    @Allow(Role.VIEWER)
    @Parameters({"actor", "action", "kind", "subject", "since", "until", "limit", "cursor"})
    public Items<View> list(@Context UriInfo uri) {
        Query query = new Query(uri);
        AuditFilter filter = new AuditFilter(
                query.one("actor", Wire.line(100)),
                query.one("action", Wire.line(40)),
                query.one("kind", Wire.line(20)),
                query.one("subject", Wire.line(300)),
                query.one("since", Wire::instant),
                query.one("until", Wire::instant));
        int limit = query.number("limit", 1, 200, 50);
        String cursor = query.one("cursor", Cursor::read);
        query.done();
        return Items.of(audit.list(filter, limit, cursor), View::of);
    }

    /** An entry as an answer. */
    record View(
            long seq,
            Instant at,
            String actor,
            String action,
            String kind,
            String subject,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            @Nullable String note) {

        static View of(AuditEntry entry) {
            return new View(
                    entry.seq(),
                    entry.at(),
                    entry.actor(),
                    entry.action(),
                    entry.kind(),
                    entry.subject(),
                    Json.stored(entry.before()),
                    Json.stored(entry.after()),
                    entry.note());
        }
    }
}
