package io.requartz.admin.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.rest.Json;
import io.requartz.admin.rest.Wire;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.node.RequartzNode;
import io.requartz.node.TypeStatus;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Problem;
import io.requartz.retry.RetryPolicy;
import io.requartz.retry.RetryPolicyFormat;
import io.requartz.run.Submission;
import io.requartz.run.Submitted;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Job types: what they are, holding them, and running one now. */
@Path("job-types")
@Singleton
@Produces(MediaType.TEXT_HTML)
public final class JobTypePages {

    private final RequartzNode node;
    private final Glance glance;
    private final Frames frames;
    private final Acts acts;

    @Inject
    JobTypePages(RequartzNode node, Glance glance, Frames frames) {
        this.node = node;
        this.glance = glance;
        this.frames = frames;
        this.acts = new Acts(glance);
    }

    static String href(String type) {
        return "/job-types/" + Words.query(type);
    }

    @GET
    @Allow(Role.VIEWER)
    public JobTypeListPage list(@Context ContainerRequestContext request) {
        return new JobTypeListPage(
                frames.of(Visit.of(request), "Job types", Section.JOB_TYPES),
                glance.status().types().stream().map(this::row).toList());
    }

    @GET
    @Path("{type}")
    @Allow(Role.VIEWER)
    public JobTypePage page(@PathParam("type") String name, @Context ContainerRequestContext request) {
        return page(request, type(name), "{}", UUID.randomUUID().toString(), null);
    }

    private JobTypeRow row(TypeStatus type) {
        return JobTypeRow.of(type, node.policies().of(type.definition()).policy());
    }

    private TypeStatus type(String name) {
        return glance.status().types().stream()
                .filter(type -> type.definition().name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.notFound(
                        "There is no job type " + Wire.quoted(name) + ".",
                        "The list of job types has all that any node has ever brought along."));
    }

    private JobTypePage page(
            ContainerRequestContext request, TypeStatus type, String payload, String key, @Nullable Flash wrong) {
        JobTypeDefinition definition = type.definition();
        return new JobTypePage(
                frames.of(Visit.of(request), Titles.title(definition), Section.JOB_TYPES),
                row(type),
                facts(definition),
                facts(node.policies().of(definition).policy()),
                Words.harmless(Json.pretty(definition.payloadSchema())),
                payload,
                key,
                wrong);
    }

    private static List<Fact> facts(JobTypeDefinition type) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.code("Name", type.name()));
        facts.add(Fact.text("Plugin", Words.line(type.plugin(), 100)));
        facts.add(Fact.code("Job class", Words.line(type.jobClass(), 300)));
        facts.add(Fact.text("Time limit", type.timeLimit() == null ? "none" : Times.span(type.timeLimit())));
        if (type.exclusive()) {
            facts.add(Fact.text("At a time", "one in the whole cluster"));
        }
        return facts;
    }

    private static List<Fact> facts(RetryPolicy policy) {
        List<Fact> facts = new ArrayList<>();
        RetryPolicyFormat.write(policy)
                .properties()
                .forEach(key -> facts.add(Fact.text(key.getKey(), words(key.getValue()))));
        return facts;
    }

    /** A policy's value as people read it: {@code exponential, base 10s}. */
    private static String words(JsonNode value) {
        List<String> parts = new ArrayList<>();
        if (value.isObject()) {
            value.properties().forEach(key -> parts.add(key.getKey() + " " + words(key.getValue())));
        } else if (value.isArray()) {
            value.forEach(each -> parts.add(words(each)));
        } else {
            return value.asText();
        }
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    /** What was typed is shown again if it cannot be taken. */
    @POST
    @Path("{type}/runs")
    @Allow(Role.OPERATOR)
    public Response submit(@PathParam("type") String name, @Context ContainerRequestContext request) {
        TypeStatus type = type(name);
        Form form = Form.of(request);
        String typed = Words.orEmpty(form.text("payload"));
        String key = Words.orEmpty(form.text("key"));
        try {
            Submitted submitted = node.runs()
                    .submit(Submission.of(name)
                            .payload(Json.object("the payload", typed.isEmpty() ? "{}" : typed))
                            .idempotencyKey(key.isEmpty() ? null : key)
                            .by(Visit.of(request).actor())
                            .build());
            return acts.said(
                    request,
                    RunRow.href(submitted.run().id()),
                    Flash.done(submitted.created() ? "The run is accepted." : "This run had been accepted before."));
        } catch (Problem problem) {
            return Response.status(problem.kind() == Problem.Kind.CONFLICT ? 409 : 400)
                    .entity(page(request, type, typed, UUID.randomUUID().toString(), Acts.told(problem)))
                    .build();
        }
    }

    @POST
    @Path("{type}/pause")
    @Allow(Role.OPERATOR)
    public Response pause(@PathParam("type") String name, @Context ContainerRequestContext request) {
        TypeStatus type = type(name);
        return acts.act(request, href(name), () -> {
            node.control()
                    .pause(name, Visit.of(request).actor(), Form.of(request).note());
            return Flash.done(
                    Titles.title(type.definition()) + " is paused: nothing of it starts until it is resumed.");
        });
    }

    @POST
    @Path("{type}/resume")
    @Allow(Role.OPERATOR)
    public Response resume(@PathParam("type") String name, @Context ContainerRequestContext request) {
        TypeStatus type = type(name);
        return acts.act(request, href(name), () -> {
            node.control()
                    .resume(name, Visit.of(request).actor(), Form.of(request).note());
            return Flash.done(Titles.title(type.definition()) + " is resumed.");
        });
    }
}
