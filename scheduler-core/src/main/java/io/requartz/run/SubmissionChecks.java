package io.requartz.run;

import io.requartz.failure.SafeText;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/** What a submission must be before it is accepted. */
final class SubmissionChecks {

    static final int KEY_LENGTH = 200;
    static final int TAGS = 20;
    static final int TAG_LENGTH = 100;
    static final int NOTE_LENGTH = 2_000;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Payloads payloads;

    /** @param payloadLimit in bytes of UTF-8 */
    SubmissionChecks(long payloadLimit) {
        this.payloads = new Payloads(payloadLimit);
    }

    void check(Submission wish, JobTypeDefinition type) {
        if (wish.at() != null && wish.delay() != null) {
            throw Problem.invalid("Both a time and a delay were given.", "Give one of 'at' and 'delay'.");
        }
        if (wish.at() != null && (wish.at().isAfter(LAST) || wish.at().isBefore(Instant.EPOCH))) {
            throw Problem.invalid(
                    "The time to start is " + wish.at() + "; expected a time between 1970 and 9999.", "Mend 'at'.");
        }
        requireWithin("delay", wish.delay());
        requireWithin("expire-after", wish.expireAfter());
        requireKey("idempotency key", wish.idempotencyKey());
        requireKey("unique key", wish.uniqueKey());
        tags(wish.tags());
        payload(type, wish.payload());
    }

    void payload(JobTypeDefinition type, String payload) {
        payloads.check(type, payload);
    }

    void tags(List<String> tags) {
        if (tags.size() > TAGS) {
            throw Problem.invalid(
                    "There are " + tags.size() + " tags; at most " + TAGS + " are accepted.", "Send fewer.");
        }
        if (new HashSet<>(tags).size() < tags.size()) {
            throw Problem.invalid("A tag is given twice.", "Send each tag once.");
        }
        for (String tag : tags) {
            requireText("tag", tag, TAG_LENGTH);
        }
    }

    private static void requireWithin(String what, Duration duration) {
        if (duration != null && (duration.isNegative() || duration.compareTo(LONGEST) > 0)) {
            throw Problem.invalid(
                    "'" + what + "' is " + duration + "; expected 0 to 36500 days.", "Mend '" + what + "'.");
        }
    }

    private static void requireKey(String what, String key) {
        if (key != null) {
            requireText(what, key, KEY_LENGTH);
            if (!key.equals(key.strip())) {
                throw Problem.invalid(
                        "The " + what + " begins or ends with a blank: some databases compare it, and some do not.",
                        "Leave the blank out.");
            }
        }
    }

    private static void requireText(String what, String text, int length) {
        if (text.isBlank() || text.length() > length) {
            throw Problem.invalid(
                    "The " + what + " has " + text.length() + " characters; expected 1 to " + length
                            + ", not all blank.",
                    "Choose another " + what + ".");
        }
        if (!text.equals(SafeText.chars(text, Integer.MAX_VALUE))) {
            throw Problem.invalid(
                    "The " + what + " has a NUL or half of a surrogate pair, which no database can keep.",
                    "Choose another " + what + ".");
        }
    }

    /** A person's note as it is kept; null stays null. */
    static String note(String note) {
        if (note == null || note.isBlank()) {
            return null;
        }
        if (note.length() > NOTE_LENGTH) {
            throw Problem.invalid(
                    "The note has " + note.length() + " characters; at most " + NOTE_LENGTH + " are kept.",
                    "Make it shorter.");
        }
        return SafeText.chars(note, NOTE_LENGTH);
    }
}
