package io.requartz.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import io.requartz.jdbc.Database;
import io.requartz.node.RequartzNode;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One node.
 *
 * @param pool for transactions of many submissions
 */
record RequartzMember(RequartzNode node, HikariDataSource pool, Database database) implements Engine.Member {

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
        JobTypeDefinition type = node.runs().type(work.type()).orElseThrow();
        List<Run> added = database.transactions().call("submit many runs", tx -> {
            List<Run> inserted = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                inserted.add(node.runs().add(tx, wish(work, due), type, null, null, null));
            }
            return inserted;
        });
        node.runs().added(added);
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
        pool.close();
    }
}
