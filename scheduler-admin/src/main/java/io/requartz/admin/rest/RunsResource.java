package io.requartz.admin.rest;

import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Caller;
import io.requartz.admin.security.Role;
import io.requartz.bulk.BulkActions;
import io.requartz.bulk.BulkKind;
import io.requartz.policy.Policies;
import io.requartz.problem.Problem;
import io.requartz.run.AttemptLog;
import io.requartz.run.CancelAnswer;
import io.requartz.run.Priority;
import io.requartz.run.Run;
import io.requartz.run.RunEdit;
import io.requartz.run.RunFilter;
import io.requartz.run.RunSort;
import io.requartz.run.RunState;
import io.requartz.run.Runs;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs: lists, one by one, and what a person may do with them. */
@Path("runs")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public final class RunsResource {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final Runs runs;
    private final Policies policies;
    private final BulkActions bulkActions;
    private final RunWaits waits;

    @Inject
    RunsResource(Runs runs, Policies policies, BulkActions bulkActions, RunWaits waits) {
        this.runs = runs;
        this.policies = policies;
        this.bulkActions = bulkActions;
        this.waits = waits;
    }

    @GET
    @Allow(Role.VIEWER)
    @Parameters({
        "state",
        "type",
        "scope",
        "category",
        "tag",
        "min-attempts",
        "min-retries",
        "q",
        "since",
        "until",
        "due-before",
        "sort",
        "limit",
        "cursor"
    })
    public Items<RunView> list(@Context UriInfo uri) {
        Query query = new Query(uri);
        RunFilter filter = filter(query);
        RunSort sort = Objects.requireNonNullElse(query.one("sort", Wire.oneOf(RunSort.class, true)), RunSort.NEWEST);
        int limit = query.number("limit", 1, 200, 50);
        String cursor = query.one("cursor", Cursor::read);
        query.done();
        return Items.of(runs.list(filter, sort, limit, cursor), RunView::of);
    }

    static RunFilter filter(Query query) {
        if (query.has("min-attempts") && query.has("min-retries")) {
            query.wrong("min-attempts and min-retries say the same (retries are attempts - 1); send one of them");
        }
        int minRetries = query.number("min-retries", 0, 1_000_000, 0);
        int minAttempts = query.number("min-attempts", 0, 1_000_000, minRetries == 0 ? 0 : minRetries + 1);
        return new RunFilter(
                new HashSet<>(query.all("state", Wire.oneOf(RunState.class, false))),
                query.one("type", Wire.line(100)),
                query.one("category", Wire::category),
                query.one("tag", Wire.line(100)),
                query.one("q", Wire.line(200)),
                query.one("since", Wire::instant),
                query.one("until", Wire::instant),
                query.one("due-before", Wire::instant),
                minAttempts,
                query.one("scope", Wire::number));
    }

    @POST
    @Path("retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    @Parameters({
        "state",
        "type",
        "scope",
        "category",
        "tag",
        "min-attempts",
        "min-retries",
        "q",
        "since",
        "until",
        "due-before",
        "all",
        "dry-run"
    })
    public Response retryAll(@Context UriInfo uri, @Context SecurityContext by, @Nullable JsonBody sent) {
        return BulkWish.runs(bulkActions, BulkKind.RETRY_RUNS, new Query(uri), by, sent);
    }

    @POST
    @Path("cancel")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    @Parameters({
        "state",
        "type",
        "scope",
        "category",
        "tag",
        "min-attempts",
        "min-retries",
        "q",
        "since",
        "until",
        "due-before",
        "all",
        "dry-run"
    })
    public Response cancelAll(@Context UriInfo uri, @Context SecurityContext by, @Nullable JsonBody sent) {
        return BulkWish.runs(bulkActions, BulkKind.CANCEL_RUNS, new Query(uri), by, sent);
    }

    /** Answers at once, or with {@code wait} when the run has ended, without a thread of the server's meanwhile. */
    @GET
    @Path("{id}")
    @Allow(Role.VIEWER)
    @Parameters("wait")
    public void get(@PathParam("id") String id, @Context UriInfo uri, @Suspended AsyncResponse answer) {
        String runId = Wire.runId(id);
        Query query = new Query(uri);
        Duration wait = query.one("wait", Wire::duration);
        if (wait != null && wait.compareTo(LONGEST_WAIT) > 0) {
            query.wrong("wait: came " + wait.toSeconds() + "s; expected at most " + LONGEST_WAIT.toSeconds() + "s");
        }
        query.done();
        if (wait == null || wait.isZero()) {
            answer.resume(whole(runs.get(runId)));
            return;
        }
        waits.await(runId, wait, run -> answer.resume(whole(run.orElseGet(() -> runs.get(runId)))), answer::resume);
    }

    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public Response edit(
            @PathParam("id") String id,
            @Context SecurityContext security,
            @Context HttpHeaders headers,
            @Nullable JsonBody sent) {
        String runId = Wire.runId(id);
        JsonBody body = JsonBody.orEmpty(sent).knowing("payload", "priority", "tags", "policy", "note");
        RunEdit edit = new RunEdit(
                body.object("payload"),
                body.text("priority", Wire.oneOf(Priority.class, true)),
                body.texts("tags", 20, Wire.line(100)),
                body.object("policy"));
        String note = body.note();
        if (!body.has("payload") && !body.has("priority") && !body.has("tags") && !body.has("policy")) {
            body.wrong("nothing to change; expected at least one of payload, priority, tags, policy");
        }
        body.done();
        Long expected = Versions.expected(headers);
        return whole(Versions.changing(
                expected,
                () -> runs.edit(runId, edit, expected, Caller.of(security).actor(), note),
                () -> runs.find(runId)));
    }

    /** What decides about the run's next failure, and where each value comes from. */
    @GET
    @Path("{id}/policy")
    @Allow(Role.VIEWER)
    public RunPolicyView policy(@PathParam("id") String id) {
        return RunPolicyView.of(policies.of(runs.get(Wire.runId(id))), policies.categories());
    }

    @GET
    @Path("{id}/attempts")
    @Allow(Role.VIEWER)
    public Items<AttemptView> attempts(@PathParam("id") String id) {
        return ofRun(id, runs::attempts, AttemptView::of);
    }

    @GET
    @Path("{id}/logs")
    @Allow(Role.VIEWER)
    public Items<AttemptLog> logs(@PathParam("id") String id) {
        return ofRun(id, runs::logs, log -> log);
    }

    @GET
    @Path("{id}/events")
    @Allow(Role.VIEWER)
    public Items<EventView> events(@PathParam("id") String id) {
        return ofRun(id, runs::events, EventView::of);
    }

    @POST
    @Path("{id}/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public Response retry(
            @PathParam("id") String id,
            @Context SecurityContext security,
            @Context HttpHeaders headers,
            @Nullable JsonBody sent) {
        String runId = Wire.runId(id);
        JsonBody body = JsonBody.orEmpty(sent).knowing("note", "payload");
        String payload = body.object("payload");
        String note = body.note();
        body.done();
        Long expected = Versions.expected(headers);
        Run run = Versions.changing(
                expected,
                () -> runs.retryNow(runId, Caller.of(security).actor(), note, payload, expected),
                () -> runs.find(runId));
        if (run.id().equals(runId)) {
            return whole(run);
        }
        return Response.created(URI.create("/api/v1/runs/" + run.id()))
                .tag(Versions.tag(run))
                .entity(RunView.of(run))
                .build();
    }

    @POST
    @Path("{id}/cancel")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public Response cancel(@PathParam("id") String id, @Context SecurityContext security, @Nullable JsonBody sent) {
        String runId = Wire.runId(id);
        JsonBody body = JsonBody.orEmpty(sent).knowing("note");
        String note = body.note();
        body.done();
        CancelAnswer cancelled = runs.cancel(runId, Caller.of(security).actor(), note);
        return Response.status(cancelled.requested() ? Response.Status.ACCEPTED : Response.Status.OK)
                .entity(new Cancelled(RunView.of(cancelled.run()), cancelled.requested(), cancelled.message()))
                .build();
    }

    /** @param requested the run was running, so this is a request; the outcome may be another */
    record Cancelled(RunView run, boolean requested, String message) {}

    /** @throws Problem NOT_FOUND: an unknown run must not look like one without attempts */
    private <S, T> Items<T> ofRun(String id, Function<String, List<S>> read, Function<S, T> view) {
        String runId = Wire.runId(id);
        List<S> all = read.apply(runId);
        if (all.isEmpty()) {
            runs.get(runId);
        }
        return Items.of(all, view);
    }

    private static Response whole(Run run) {
        return Response.ok(RunView.of(run)).tag(Versions.tag(run)).build();
    }
}
