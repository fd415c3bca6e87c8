package io.requartz.admin.console;

import io.requartz.admin.rest.Json;
import io.requartz.admin.rest.Wire;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.node.RequartzNode;
import io.requartz.problem.Problem;
import io.requartz.run.Attempt;
import io.requartz.run.AttemptLog;
import io.requartz.run.CancelAnswer;
import io.requartz.run.PayloadDifference;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Runs;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run: its story, and what a person may do with it. */
@Path("runs/{id}")
@Singleton
@Produces(MediaType.TEXT_HTML)
public final class RunPages {

    private final RequartzNode node;
    private final Runs runs;
    private final Glance glance;
    private final Frames frames;
    private final Acts acts;

    @Inject
    RunPages(RequartzNode node, Glance glance, Frames frames) {
        this.node = node;
        this.runs = node.runs();
        this.glance = glance;
        this.frames = frames;
        this.acts = new Acts(glance);
    }

    @GET
    @Allow(Role.VIEWER)
    public RunPage page(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Run run = runs.get(Wire.runId(id));
        List<Attempt> attempts = runs.attempts(run.id());
        Times times = frames.times();
        RunStory story = new RunStory(run, times);
        String type = Titles.of(node).of(run.type());
        Optional<ScopeRow> scope = scope(run, times);
        String title = scope.map(ScopeRow::label).orElse(type);
        PayloadDifference difference = difference(run);
        return new RunPage(
                frames.of(Visit.of(request), title, Section.RUNS),
                run.id(),
                Chip.of(run.state()),
                title,
                type,
                JobTypePages.href(run.type()),
                Words.line(run.createdBy(), 100),
                times.distance(run.createdAt()),
                story.standing(),
                story.waiting(glance.status()),
                story.retry(),
                story.retry().isEmpty() ? "" : story.retry() + " with another payload",
                story.cancellable(),
                run.state() == RunState.RUNNING,
                run.state() == RunState.DEAD,
                assignee(run),
                run.state() == RunState.RUNNING ? run.progressPercent() : null,
                Words.line(run.progressMessage(), 300),
                TimeLine.of(attempts, run.state().hasTrigger() ? run.dueAt() : null, times),
                policy(run),
                items(attempts, runs.logs(run.id()), times),
                Words.harmless(Json.pretty(run.payload())),
                PayloadLine.of(difference),
                difference.leftOut(),
                Words.harmless(Json.pretty(run.result())),
                facts(run, story, scope),
                runs.events(run.id()).stream()
                        .map(event -> Deed.of(event, times))
                        .toList());
    }

    /** Empty if it has none, or needs none. */
    private String assignee(Run run) {
        try {
            return run.state() == RunState.DEAD
                    ? Words.line(node.deadLetters().get(run.id()).assignee(), 100)
                    : "";
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) {
                return "";
            }
            throw problem;
        }
    }

    /** From the run that it repeats; none if it repeats none, or that is gone. */
    private PayloadDifference difference(Run run) {
        return Optional.ofNullable(run.copyOf())
                .flatMap(runs::find)
                .map(repeated -> PayloadDifference.between(repeated.payload(), run.payload()))
                .orElse(new PayloadDifference(List.of(), 0));
    }

    private Optional<ScopeRow> scope(Run run, Times times) {
        Long id = run.origin().scopeId();
        return id == null
                ? Optional.empty()
                : Optional.of(ScopeRow.of(node.scopes().get(id), times));
    }

    private List<Fact> facts(Run run, RunStory story, Optional<ScopeRow> scope) {
        List<Fact> facts = new ArrayList<>(madeBy(node, run));
        scope.ifPresent(row -> {
            facts.add(Fact.link("Scope", row.key(), row.href()));
            facts.add(Fact.text(
                    "", row.count() + " failures in a row" + (row.disabled() ? ", disabled " + row.by() : "")));
        });
        if (run.origin().manual()) {
            facts.add(Fact.text("Started", "by hand: it passes a disabled scope"));
        }
        facts.addAll(story.facts());
        return facts;
    }

    /** The schedule that made a run; a link if it is still there. */
    static List<Fact> madeBy(RequartzNode node, Run run) {
        String schedule = run.origin().schedule();
        if (schedule == null) {
            return List.of();
        }
        List<Fact> facts = new ArrayList<>();
        facts.add(
                node.schedules().has(schedule)
                        ? Fact.link("Schedule", schedule, ScheduleRow.href(schedule))
                        : Fact.text("Schedule", Words.line(schedule, 100) + ", which is gone"));
        if (run.origin().cell() != null) {
            facts.add(Fact.text("Cell", Words.line(run.origin().cell(), 200)));
        }
        return facts;
    }

    private String policy(Run run) {
        return RunStory.policy(node.policies().of(run).policy());
    }

    private static List<AttemptItem> items(List<Attempt> attempts, List<AttemptLog> logs, Times times) {
        Map<Integer, AttemptLog> byNumber =
                logs.stream().collect(Collectors.toMap(AttemptLog::attempt, Function.identity()));
        List<AttemptItem> items = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            items.add(AttemptItem.of(
                    attempt,
                    i == 0 ? null : attempts.get(i - 1),
                    i + 1 == attempts.size() ? null : attempts.get(i + 1),
                    byNumber.get(attempt.number()),
                    times));
        }
        return items;
    }

    @GET
    @Path("retry")
    @Allow(Role.OPERATOR)
    public Object retryForm(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Run run = runs.get(Wire.runId(id));
        if (run.state() == RunState.RUNNING) {
            return Go.to(RunRow.href(run.id()));
        }
        return form(request, run, Words.orEmpty(Json.pretty(run.payload())), "", null);
    }

    private RetryPage form(
            ContainerRequestContext request, Run run, String payload, String note, @Nullable Flash wrong) {
        String title = Titles.of(node).of(run.type());
        return new RetryPage(
                frames.of(Visit.of(request), title, Section.RUNS),
                run.id(),
                Chip.of(run.state()),
                title,
                payload,
                note,
                Long.toString(run.version()),
                new RunStory(run, frames.times()).retry(),
                wrong);
    }

    /** With another payload, if the form has one: what was typed is shown again if it cannot be taken. */
    @POST
    @Path("retry")
    @Allow(Role.OPERATOR)
    public Response retry(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Run run = runs.get(Wire.runId(id));
        Form form = Form.of(request);
        String typed = form.text("payload");
        try {
            String payload = typed == null ? null : changed(run, typed);
            Long version = typed == null ? null : form.version();
            Run now = runs.retryNow(run.id(), Visit.of(request).actor(), form.note(), payload, version);
            return acts.said(request, acts.back(request, RunRow.href(now.id())), retried(run, now, payload != null));
        } catch (Problem problem) {
            if (typed == null) {
                return acts.said(request, acts.back(request, RunRow.href(run.id())), Acts.told(problem));
            }
            RetryPage again = form(request, run, typed, Words.orEmpty(form.text("note")), Acts.told(problem));
            return Response.status(problem.kind() == Problem.Kind.STALE ? 412 : 400)
                    .entity(again)
                    .build();
        }
    }

    /** What was typed as it will be stored; null if it is what the run has, however it is laid out. */
    private static @Nullable String changed(Run run, String typed) {
        String payload = Json.object("the payload", typed);
        return Json.same(payload, run.payload()) ? null : payload;
    }

    private static Flash retried(Run before, Run now, boolean edited) {
        String with = edited ? ", with the payload that you gave it" : "";
        if (!now.id().equals(before.id())) {
            return Flash.done("This is a new run that repeats the one you came from" + with + ".");
        }
        return Flash.done(
                before.state() == RunState.DEAD
                        ? "A new cycle has begun" + with + "; the old attempts stay."
                        : "The run is due now" + with + ".");
    }

    @POST
    @Path("cancel")
    @Allow(Role.OPERATOR)
    public Response cancel(@PathParam("id") String id, @Context ContainerRequestContext request) {
        String runId = Wire.runId(id);
        return acts.act(request, RunRow.href(runId), () -> {
            CancelAnswer answer = runs.cancel(
                    runId, Visit.of(request).actor(), Form.of(request).note());
            return Flash.done(Objects.requireNonNull(answer.message()));
        });
    }
}
