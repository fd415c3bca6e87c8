package io.requartz.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.retry.RetryPolicyFormat;
import io.requartz.scope.Standing;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A job type: annotation under configuration. Stored in the database at a node's start, so that any node can decide about any run.
 *
 * @param name letters, digits, {@code _}, {@code .} and {@code -}, at most 100 characters
 * @param plugin file name of the jar without version and ending, as in {@code scheduler-jobs}
 * @param title what people call it; the name if there is nothing better
 * @param description may be empty
 * @param jobClass name of the {@code org.quartz.Job} class
 * @param retry what its plugin says of its retries: keys in the form of {@link RetryPolicyFormat}, an object; not to be changed.
 *     What holds in the end is told by {@code io.requartz.policy.Policies}
 * @param timeLimit null: none
 * @param payloadSchema JSON Schema text; null: any JSON object
 * @param exclusive at most one attempt at a time in the whole cluster ({@code @DisallowConcurrentExecution})
 * @param standing the scope whose failures its runs count for; null: none
 */
public record JobTypeDefinition(
        String name,
        String plugin,
        String title,
        String description,
        String jobClass,
        JsonNode retry,
        Duration timeLimit,
        String payloadSchema,
        boolean exclusive,
        Standing standing) {

    /** What a name looks like, in words. */
    public static final String NAME_FORM =
            "a job type is named by letters, digits, '_', '.' and '-', 1 to 100 characters, beginning with a letter or digit";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");

    /** One that stands in no scope. */
    public JobTypeDefinition(
            String name,
            String plugin,
            String title,
            String description,
            String jobClass,
            JsonNode retry,
            Duration timeLimit,
            String payloadSchema,
            boolean exclusive) {
        this(name, plugin, title, description, jobClass, retry, timeLimit, payloadSchema, exclusive, null);
    }

    public JobTypeDefinition {
        requireName(name);
        Objects.requireNonNull(plugin, "plugin");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(jobClass, "jobClass");
        Objects.requireNonNull(retry, "retry");
    }

    /** The same, whose runs count for this scope; null: for none. */
    public JobTypeDefinition standing(Standing other) {
        return new JobTypeDefinition(
                name, plugin, title, description, jobClass, retry, timeLimit, payloadSchema, exclusive, other);
    }

    /** Whether a job type can be called so. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** @throws IllegalArgumentException if the name is not of the form above */
    public static String requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(NAME_FORM);
        }
        return name;
    }
}
