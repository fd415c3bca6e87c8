package io.requartz.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A wish for a run, as a caller states it; {@link Runs#submit} checks it. Immutable.
 *
 * @param type name of the job type
 * @param payload JSON text of an object
 * @param priority default {@link Priority#NORMAL}
 * @param at not before this time; null: now. Excludes {@code delay}
 * @param delay not before this long from now; null: now
 * @param expireAfter cancelled as expired if it has not begun by then, counted from submission; null: never
 * @param tags at most 20, each 1 to 100 characters
 * @param idempotencyKey the same key with the same payload answers the same run; null: none; at most 200 characters
 * @param uniqueKey refused while another run of the type with this key is open; null: none; at most 200 characters
 * @param manual a person wants it now: it passes a disabled scope
 * @param policy the run's own keys of a retry policy, JSON; null: none
 * @param by who asks
 */
public record Submission(
        String type,
        String payload,
        Priority priority,
        Instant at,
        Duration delay,
        Duration expireAfter,
        List<String> tags,
        String idempotencyKey,
        String uniqueKey,
        boolean manual,
        String policy,
        Actor by) {

    public Submission {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(priority, "priority");
        tags = List.copyOf(tags);
        Objects.requireNonNull(by, "by");
    }

    public static Builder of(String type) {
        return new Builder(type);
    }

    Optional<Instant> atTime() {
        return Optional.ofNullable(at);
    }

    /** Fills in what most submissions leave out. Not thread-safe. */
    public static final class Builder {
        private final String type;
        private String payload = "{}";
        private Priority priority = Priority.NORMAL;
        private Instant at;
        private Duration delay;
        private Duration expireAfter;
        private List<String> tags = List.of();
        private String idempotencyKey;
        private String uniqueKey;
        private boolean manual;
        private String policy;
        private Actor by = Actor.SYSTEM;

        private Builder(String type) {
            this.type = type;
        }

        public Builder payload(String json) {
            this.payload = json;
            return this;
        }

        public Builder priority(Priority level) {
            this.priority = level;
            return this;
        }

        public Builder at(Instant time) {
            this.at = time;
            return this;
        }

        public Builder delay(Duration wait) {
            this.delay = wait;
            return this;
        }

        public Builder expireAfter(Duration wait) {
            this.expireAfter = wait;
            return this;
        }

        public Builder tags(List<String> names) {
            this.tags = names;
            return this;
        }

        public Builder idempotencyKey(String key) {
            this.idempotencyKey = key;
            return this;
        }

        public Builder uniqueWhileOpen(String key) {
            this.uniqueKey = key;
            return this;
        }

        public Builder manual(boolean wanted) {
            this.manual = wanted;
            return this;
        }

        public Builder policy(String json) {
            this.policy = json;
            return this;
        }

        public Builder by(Actor actor) {
            this.by = actor;
            return this;
        }

        public Submission build() {
            return new Submission(
                    type,
                    payload,
                    priority,
                    at,
                    delay,
                    expireAfter,
                    tags,
                    idempotencyKey,
                    uniqueKey,
                    manual,
                    policy,
                    by);
        }
    }
}
