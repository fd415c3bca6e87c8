package io.requartz.admin.console;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that needs a person.
 *
 * @param href where all there is to say about it stands
 * @param detail under the name
 * @param begun when it began; null: nobody knows
 * @param since the same, as it is told
 * @param acts what mends it, or leads there
 */
record Concern(
        Chip chip,
        String name,
        String href,
        String detail,
        @Nullable Instant begun,
        @Nullable Moment since,
        String why,
        List<Act> acts) {

    /**
     * A button.
     *
     * @param post whether it sends a form to the path; else it leads there
     */
    record Act(String label, String path, boolean post, boolean primary) {

        static Act open(String href) {
            return new Act("Open", href, false, false);
        }

        static Act send(String label, String path) {
            return new Act(label, path, true, false);
        }
    }

    /** One that nobody knows the beginning of. */
    static Concern of(Chip chip, String name, String href, String detail, String why, Act... acts) {
        return new Concern(chip, name, href, detail, null, null, why, List.of(acts));
    }

    Concern begun(@Nullable Instant time, Times times) {
        return new Concern(chip, name, href, detail, time, time == null ? null : times.since(time), why, acts);
    }
}
