package io.requartz.admin.rest;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Caller;
import io.requartz.admin.security.Role;
import io.requartz.api.ErrorCategory;
import io.requartz.policy.Policies;
import io.requartz.policy.PolicyInfo;
import io.requartz.policy.PolicyNames;
import io.requartz.problem.Problem;
import io.requartz.problem.Spelling;
import io.requartz.retry.RetryPolicy;
import io.requartz.retry.Simulation;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Retry policies: what holds and where it comes from, live changes, and what a policy would do. */
@Path("policies")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public final class PoliciesResource {

    private static final int SHOWN = 20;

    /** Of a time that is not told; only times from creation on the 31st of December 9999 would see the difference. */
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Policies policies;

    @Inject
    PoliciesResource(Policies policies) {
        this.policies = policies;
    }

    @GET
    @Allow(Role.VIEWER)
    public Items<PolicyView> list() {
        return Items.of(policies.list(), PolicyView::listed);
    }

    @GET
    @Path("{name}")
    @Allow(Role.VIEWER)
    public Response get(@PathParam("name") String name) {
        return whole(policies.get(name));
    }

    /** Sets the live keys of a policy, all of them; a name that is new makes a new policy. */
    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.ADMIN)
    public Response change(
            @PathParam("name") String name,
            @Context SecurityContext security,
            @Context HttpHeaders headers,
            @Nullable JsonBody sent) {
        JsonBody body = JsonBody.orEmpty(sent).knowing("live", "note");
        JsonNode live = body.tree("live");
        String note = body.note();
        if (live == null) {
            body.wrong(
                    "live: missing; expected the keys of the policy, all that are to be set live; {} takes them back");
        }
        body.done();
        Long expected = Versions.expected(headers);
        try {
            return whole(
                    policies.change(name, live, expected, Caller.of(security).actor(), note));
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.STALE || expected == null) {
                throw problem;
            }
            throw new StaleVersion(problem, expected, policies.get(name).version());
        }
    }

    private Response whole(PolicyInfo info) {
        return Response.ok(PolicyView.whole(info, policies.categories()))
                .tag(new EntityTag(Long.toString(info.version())))
                .build();
    }

    /** What a policy would do with a run that fails and fails; nothing is changed. */
    @POST
    @Path("simulate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.VIEWER)
    public SimulationView simulate(@Nullable JsonBody sent) {
        JsonBody body = JsonBody.orEmpty(sent)
                .knowing("name", "policy", "payload", "categories", "failures", "seed", "attempt_takes", "retry_after");
        String name = requireNonNullElse(body.text("name", Wire.line(110)), PolicyNames.DEFAULT);
        JsonNode keys = body.tree("policy");
        String payload = requireNonNullElse(body.object("payload"), "{}");
        List<ErrorCategory> categories = requireNonNullElse(
                body.texts("categories", Simulation.MOST_FAILURES, this::category), List.of(ErrorCategory.UNKNOWN));
        if (body.has("categories") && categories.isEmpty()) {
            body.wrong("categories: came none; expected that of the first failure, the second, and so on");
        }
        int failures =
                requireNonNullElse(body.textOrNumber("failures", Wire.integer(1, Simulation.MOST_FAILURES)), SHOWN);
        long seed = requireNonNullElse(body.textOrNumber("seed", Wire.integer(0, 999_999_999)), 1);
        Duration takes = requireNonNullElse(body.textOrNumber("attempt_takes", Wire::duration), Duration.ZERO);
        Duration retryAfter = body.textOrNumber("retry_after", Wire::duration);
        body.done();
        RetryPolicy policy = policies.tried(name, requireNonNullElse(keys, Json.MAPPER.createObjectNode()), payload);
        Simulation.Ordeal ordeal = new Simulation.Ordeal(failures, categories, whole(takes), retryAfter, seed);
        return SimulationView.of(policy, ordeal, Simulation.of(policy, ordeal, START));
    }

    private static Duration whole(Duration time) {
        return Duration.ofMillis(time.toMillis());
    }

    private ErrorCategory category(String text) throws WrongValue {
        return policies.categories()
                .find(text)
                .orElseThrow(() -> new WrongValue(Wire.quoted(text) + " is not an error category"
                        + Spelling.hintOrAll(text, policies.categories().names())));
    }
}
