package io.requartz.admin.rest;

import static java.util.Objects.requireNonNullElse;

import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Caller;
import io.requartz.admin.security.Role;
import io.requartz.node.SchedulerControl;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Problem;
import io.requartz.run.Priority;
import io.requartz.run.Runs;
import io.requartz.run.Submission;
import io.requartz.run.Submitted;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Job types, and the submission of runs. */
@Path("job-types")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public final class JobTypesResource {

    private final SchedulerControl control;
    private final Runs runs;

    @Inject
    JobTypesResource(SchedulerControl control, Runs runs) {
        this.control = control;
        this.runs = runs;
    }

    @GET
    @Allow(Role.VIEWER)
    public Items<JobTypeView> list() {
        return Items.of(control.jobTypes(), JobTypeView::of);
    }

    @POST
    @Path("{type}/runs")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public Response submit(
            @PathParam("type") String type,
            @Context SecurityContext security,
            @Context HttpHeaders headers,
            @Nullable JsonBody body) {
        requireTypeName(type);
        Submitted submitted = runs.submit(submission(type, Caller.of(security), headers, JsonBody.orEmpty(body)));
        Response.ResponseBuilder answer = submitted.created()
                ? Response.created(URI.create("/api/v1/runs/" + submitted.run().id()))
                : Response.ok();
        return answer.tag(Versions.tag(submitted.run()))
                .entity(RunView.of(submitted.run()))
                .build();
    }

    private static Submission submission(String type, Caller caller, HttpHeaders headers, JsonBody body) {
        body.knowing("payload", "priority", "at", "delay", "expire_after", "tags", "unique_key", "manual");
        String payload = body.object("payload");
        Priority priority = body.text("priority", Wire.oneOf(Priority.class, true));
        Instant at = body.text("at", Wire::instant);
        Duration delay = body.textOrNumber("delay", Wire::duration);
        Duration expireAfter = body.textOrNumber("expire_after", Wire::duration);
        List<String> tags = body.texts("tags", 20, Wire.line(100));
        String uniqueKey = body.text("unique_key", Wire.line(200));
        boolean manual = body.flag("manual");
        if (body.has("at") && body.has("delay")) {
            body.wrong("at and delay exclude each other; send one of them");
        }
        String idempotencyKey = idempotencyKey(headers, body);
        body.done();
        return Submission.of(type)
                .payload(requireNonNullElse(payload, "{}"))
                .priority(requireNonNullElse(priority, Priority.NORMAL))
                .at(at)
                .delay(delay)
                .expireAfter(expireAfter)
                .tags(requireNonNullElse(tags, List.of()))
                .uniqueWhileOpen(uniqueKey)
                .manual(manual)
                .idempotencyKey(idempotencyKey)
                .by(caller.actor())
                .build();
    }

    /** Only what all agents and proxies pass on unchanged: a key that changes on its way protects from nothing. */
    private static @Nullable String idempotencyKey(HttpHeaders headers, JsonBody body) {
        List<String> given = headers.getRequestHeaders().get("Idempotency-Key");
        if (given == null) {
            return null;
        }
        String key = given.get(0);
        if (given.size() > 1 || !key.matches("[!-~]([ -~]{0,198}[!-~])?")) {
            body.wrong("Idempotency-Key: came " + (given.size() > 1 ? given.size() + " of them" : Wire.quoted(key))
                    + "; expected one, of 1 to 200 visible ASCII characters");
        }
        return key;
    }

    private static void requireTypeName(String type) {
        try {
            JobTypeDefinition.requireName(type);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound(
                    "there is no job type " + Wire.quoted(type) + "; " + e.getMessage(),
                    "GET /api/v1/job-types lists the types that this node knows.");
        }
    }
}
