package io.requartz.admin.console;

import io.requartz.node.TypeStatus;
import io.requartz.retry.RetryPolicy;

/**
 * A job type in a list.
 *
 * @param nodes who can run it; empty: nobody
 * @param due how many of its runs could start now
 */
record JobTypeRow(
        String href,
        String name,
        String title,
        String description,
        String plugin,
        Chip chip,
        boolean paused,
        String nodes,
        String due,
        String dueHref,
        String policy) {

    static JobTypeRow of(TypeStatus type, RetryPolicy policy) {
        String name = type.definition().name();
        return new JobTypeRow(
                JobTypePages.href(name),
                name,
                Titles.title(type.definition()),
                Words.line(type.definition().description(), 200),
                Words.line(type.definition().plugin(), 100),
                chip(type),
                type.paused(),
                Words.line(String.join(", ", type.nodes()), 200),
                Words.number(type.due()),
                "/runs?state=SCHEDULED&state=RETRYING&type=" + Words.query(name),
                RunStory.policy(policy));
    }

    static Chip chip(TypeStatus type) {
        if (type.nodes().isEmpty()) {
            return Chip.dead("No node has it");
        }
        return type.paused() ? Chip.parked("Paused") : Chip.good("Ready");
    }
}
