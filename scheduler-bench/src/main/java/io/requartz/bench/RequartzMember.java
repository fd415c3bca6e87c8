package io.requartz.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.node.RequartzNode;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import java.time.Instant;
import java.util.Collections;

/** One node. */
record RequartzMember(RequartzNode node) implements Engine.Member {

    @Override
    public void start() {
        node.start();
    }

    @Override
    public void submit(Work work, Instant due) {
        node.runs().submit(wish(work, due));
    }

    private static Submission wish(Work work, Instant due) {
        return Submission.of(work.type()).at(due).build();
    }

    @Override
    public void submitAll(Work work, Instant due, int runs) {
        node.runs().submitAll(Collections.nCopies(runs, wish(work, due)));
    }

    @Override
    public void schedule(int count) {
        ObjectNode body = new JsonMapper().createObjectNode();
        body.put("type", Work.TIMED.type()).put("every", "1s");
        for (int i = 0; i < count; i++) {
            node.schedules().create("schedule-" + i, body, Actor.SYSTEM, null);
        }
    }

    @Override
    public Timing once() throws InterruptedException {
        long outcomes = node.changes().count();
        long began = System.nanoTime();
        Run run = node.runs().submit(Submission.of(Work.NOOP.type()).build()).run();
        long submitted = System.nanoTime();
        node.changes().awaitSince(outcomes, Engine.PATIENCE);
        long committed = System.nanoTime();
        RunState state = node.runs().get(run.id()).state();
        if (state != RunState.SUCCEEDED) {
            throw new IllegalStateException("run " + run.id() + " is " + state);
        }
        return new Timing(
                submitted - began, Done.begun() - submitted, Done.ended() - Done.begun(), committed - Done.ended());
    }

    @Override
    public void close() {
        node.close();
    }
}
