package io.requartz.admin.console;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that needs a person.
 *
 * @param href where all there is to say about it stands
 * @param detail under the name
 * @param begun when it began; null: nobody knows
 * @param button what mends it, or leads there
 * @param post path that the button sends a form to; empty: it leads to {@code href}
 */
record Concern(
        Chip chip,
        String name,
        String href,
        String detail,
        @Nullable Instant begun,
        @Nullable Moment since,
        String why,
        String button,
        String post) {

    Concern at(@Nullable Instant time, Times times) {
        return new Concern(
                chip, name, href, detail, time, time == null ? null : times.since(time), why, button, post);
    }
}
