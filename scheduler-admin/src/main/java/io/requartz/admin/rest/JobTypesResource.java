package io.requartz.admin.rest;

import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Caller;
import io.requartz.admin.security.Role;
import io.requartz.node.SchedulerControl;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.policy.Policies;
import io.requartz.problem.Problem;
import io.requartz.run.Runs;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Job types, and the submission of runs. */
@Path("job-types")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public final class JobTypesResource {

    private final SchedulerControl control;
    private final Runs runs;
    private final Policies policies;

    @Inject
    JobTypesResource(SchedulerControl control, Runs runs, Policies policies) {
        this.control = control;
        this.runs = runs;
        this.policies = policies;
    }

    @GET
    @Allow(Role.VIEWER)
    public Items<JobTypeView> list() {
        return Items.of(control.jobTypes(), type -> JobTypeView.of(type, policies.of(type)));
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
        JsonBody wished = JsonBody.orEmpty(body);
        Caller caller = Caller.of(security);
        if (RunWish.isMany(wished)) {
            return answer(runs.submitAll(RunWish.many(type, caller, headers, wished)));
        }
        Submitted submitted = runs.submit(RunWish.one(type, caller, headers, wished));
        Response.ResponseBuilder answer = submitted.created()
                ? Response.created(URI.create("/api/v1/runs/" + submitted.run().id()))
                : Response.ok();
        return answer.tag(Versions.tag(submitted.run()))
                .entity(RunView.of(submitted.run()))
                .build();
    }

    private static Response answer(List<Submitted> all) {
        boolean created = all.stream().anyMatch(Submitted::created);
        return Response.status(created ? Response.Status.CREATED : Response.Status.OK)
                .entity(Items.of(all, SubmittedView::of))
                .build();
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
