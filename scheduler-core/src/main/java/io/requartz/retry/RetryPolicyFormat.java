package io.requartz.retry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.api.Retry;
import io.requartz.failure.DeclaredCategories;

/**
 * A policy as people write it: the tree of a YAML or JSON document with kebab-case keys. The same form is used in configuration,
 * in the database and by the REST API. Stateless and thread-safe.
 *
 * <pre>{@code
 * backoff: {exponential: {base: 10s, multiplier: 2, exponent-from: 0}}
 *   # or immediate, fixed: 30s, linear: 10s, fibonacci: 10s, aggressive: 10s, table: [1h, 6h, 24h], schedule
 * first: 0s
 * max-attempts: 5              # or max-retries: 4; unlimited
 * min-delay: 0s
 * max-delay: 1h                # or none
 * max-elapsed: none
 * measure-from: failure        # creation, {first: failure, then: creation}
 * jitter: equal                # none, full, {plus: 5m}, {spread: 20%}
 * by-category:
 *   rate_limit: {backoff: {aggressive: {base: 2s}}, max-attempts: 10}
 * retry-on: default            # all, [timeout, network]
 * never-on: [node_lost]
 * retry-after: {ceiling: 24h}  # honour, ignore
 * when-over: dead-letter       # close
 * retry-enabled: true          # false: nothing is tried again
 * }</pre>
 *
 * <p>What is read lies over a base and overrides single keys of it:
 *
 * <ul>
 *   <li>{@code backoff} replaces the base's, with its {@code first}, and the backoffs that the base has by category; those of the
 *       same tree remain. Without its own {@code base} it takes the base policy's.
 *   <li>A {@code fixed} or {@code table} delay is meant as written: where the tree has no {@code max-delay} of its own, an
 *       inherited one that is shorter is raised to it.
 *   <li>{@code max-attempts} and {@code max-retries} replace each other; in one tree they exclude each other.
 *   <li>{@code by-category} is merged by category and key; the lists {@code retry-on} and {@code never-on} are replaced whole.
 * </ul>
 *
 * <p>Keys may be written with {@code _} for {@code -}, as JSON likes it.
 */
public final class RetryPolicyFormat {

    private RetryPolicyFormat() {}

    /**
     * Reads a policy that may name the shipped categories.
     *
     * @param tree null, missing or empty: the base as it is
     * @throws PolicyFormatException if any of it cannot be read, or does not go with the base
     */
    public static RetryPolicy parse(JsonNode tree, RetryPolicy base) {
        return parse(tree, base, DeclaredCategories.NONE);
    }

    /**
     * As {@link #parse(JsonNode, RetryPolicy)}.
     *
     * @param categories what may be named besides the shipped ones
     */
    public static RetryPolicy parse(JsonNode tree, RetryPolicy base, DeclaredCategories categories) {
        return new PolicyReader(categories).read(tree, base);
    }

    /**
     * What a job's annotation says, in the written form. A {@code base} without {@code backoff} keeps the kind of the base policy's
     * backoff, or is that of an exponential one. Nothing of it is checked.
     *
     * @return an empty object if it says nothing
     */
    public static ObjectNode tree(Retry annotation, RetryPolicy base) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        if (annotation.maxAttempts() != 0) {
            tree.put("max-attempts", annotation.maxAttempts());
        }
        String kind = annotation.backoff();
        if (kind.isEmpty() && !annotation.base().isEmpty()) {
            Backoff inherited = base.rule().backoff();
            kind = BackoffReader.base(inherited) != null ? inherited.name() : "exponential";
        }
        if (!kind.isEmpty() && annotation.base().isEmpty()) {
            tree.put("backoff", kind);
        } else if (!kind.isEmpty()) {
            tree.putObject("backoff").put(kind, annotation.base());
        }
        if (!annotation.maxDelay().isEmpty()) {
            tree.put("max-delay", annotation.maxDelay());
        }
        if (!annotation.jitter().isEmpty()) {
            tree.put("jitter", annotation.jitter());
        }
        if (annotation.neverOn().length > 0) {
            for (String name : annotation.neverOn()) {
                tree.withArray("never-on").add(name);
            }
        }
        return tree;
    }

    /** Writes what is set of a rule; null parts are left out. */
    public static JsonNode write(Rule rule) {
        return PolicyWriter.rule(rule);
    }

    /** Writes a policy, every key of it: read over {@link RetryPolicy#DEFAULT} it is the same policy again. */
    public static JsonNode write(RetryPolicy policy) {
        return PolicyWriter.write(policy);
    }
}
