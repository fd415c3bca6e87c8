package io.requartz.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.requartz.api.ErrorClassifier;
import io.requartz.api.JobType;
import io.requartz.retry.RetryPolicy;
import io.requartz.retry.RetryPolicyFormat;
import io.requartz.time.Durations;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.PersistJobDataAfterExecution;
import org.quartz.utils.ClassUtils;

/** Makes a job type of a job class: its annotations over the defaults, configuration over both. Never initializes the class. */
final class JobTypeReader {

    /** Quartz's optional jobs that call whatever their data names, by JNDI, EJB or JMX: who may submit a run could run anything. */
    private static final List<String> OPEN_DOORS =
            List.of("org.quartz.jobs.ee.jms.", "org.quartz.jobs.ee.ejb.", "org.quartz.jobs.ee.jmx.");

    private static final int TITLE = 200;
    private static final int DESCRIPTION = 2_000;

    private final String plugin;
    private final Resources resources;
    private final RetryPolicy defaults;
    private final UnaryOperator<JobTypeDefinition> configured;
    private final List<ErrorClassifier> classifiers;

    /** Texts that come with the classes. */
    @FunctionalInterface
    interface Resources {
        Optional<byte[]> text(String name) throws IOException, PluginRefused;
    }

    JobTypeReader(
            String plugin,
            Resources resources,
            RetryPolicy defaults,
            UnaryOperator<JobTypeDefinition> configured,
            List<ErrorClassifier> classifiers) {
        this.plugin = plugin;
        this.resources = resources;
        this.defaults = defaults;
        this.configured = configured;
        this.classifiers = List.copyOf(classifiers);
    }

    /**
     * @param givenName what the descriptor calls it; empty: its annotation or its class name tells
     * @throws PluginRefused if the class cannot be a job type
     */
    LoadedJobType read(Class<?> found, String givenName) throws PluginRefused, IOException {
        Constructor<? extends Job> constructor = constructor(requireJob(found));
        JobType annotation = found.getAnnotation(JobType.class);
        String name = requireName(found, givenName, annotation);
        String schema = annotation == null ? null : schema(found, annotation.payloadSchema(), "payload schema");
        String settings = annotation == null ? null : schema(found, annotation.settingsSchema(), "settings schema");
        JobTypeDefinition definition = new JobTypeDefinition(
                name,
                plugin,
                annotation == null || annotation.title().isBlank() ? name : PluginText.cut(annotation.title(), TITLE),
                annotation == null ? "" : PluginText.cut(annotation.description(), DESCRIPTION),
                found.getName(),
                annotation == null ? JsonNodeFactory.instance.objectNode() : retry(found, annotation),
                annotation == null ? null : timeLimit(found, annotation.timeLimit()),
                schema,
                ClassUtils.isAnnotationPresent(found, DisallowConcurrentExecution.class));
        return new ClassJobType(configure(definition), constructor, settings, classifiers);
    }

    private static Class<? extends Job> requireJob(Class<?> found) throws PluginRefused {
        String name = found.getName();
        if (!Job.class.isAssignableFrom(found)) {
            throw new PluginRefused(name + " is not an org.quartz.Job", "Let it implement org.quartz.Job.");
        }
        if (OPEN_DOORS.stream().anyMatch(name::startsWith)) {
            throw new PluginRefused(
                    name + " is never a job type: it calls whatever its data name",
                    "Write a job that does the one call that you need.");
        }
        if (ClassUtils.isAnnotationPresent(found, PersistJobDataAfterExecution.class)) {
            throw new PluginRefused(
                    name + " is annotated with @PersistJobDataAfterExecution, and job data are not written back here",
                    "Keep state in your own store, or hand it on in the run's result, and remove the annotation.");
        }
        if (!Modifier.isPublic(found.getModifiers()) || Modifier.isAbstract(found.getModifiers())) {
            throw new PluginRefused(
                    name + " is not public and concrete", "Make it a public class that is not abstract.");
        }
        return found.asSubclass(Job.class);
    }

    private static Constructor<? extends Job> constructor(Class<? extends Job> job) throws PluginRefused {
        try {
            return job.getConstructor();
        } catch (NoSuchMethodException e) {
            throw new PluginRefused(
                    job.getName() + " has no public constructor without arguments",
                    "Add one; a class nested in another must be static, too.",
                    e);
        }
    }

    private static String requireName(Class<?> found, String givenName, JobType annotation) throws PluginRefused {
        String name = givenName;
        if (name.isEmpty() && annotation != null) {
            name = annotation.value();
        }
        if (name.isEmpty()) {
            name = TypeNames.ofClass(found.getSimpleName());
        }
        try {
            return JobTypeDefinition.requireName(name);
        } catch (IllegalArgumentException e) {
            throw new PluginRefused(
                    found.getName() + " cannot be called \"" + name + "\": " + e.getMessage(),
                    "Name it by @JobType(\"...\").",
                    e);
        }
    }

    private JsonNode retry(Class<?> found, JobType annotation) throws PluginRefused {
        try {
            JsonNode keys = RetryPolicyFormat.tree(annotation.retry(), defaults);
            RetryPolicyFormat.parse(keys, defaults);
            return keys;
        } catch (IllegalArgumentException e) {
            throw new PluginRefused(
                    "the @Retry of " + found.getName() + " is not a retry policy: " + e.getMessage(),
                    "Correct the annotation and build the jar again.",
                    e);
        }
    }

    private static Duration timeLimit(Class<?> found, String text) throws PluginRefused {
        if (text.isEmpty()) {
            return null;
        }
        try {
            Duration limit = Durations.parse(text);
            if (limit.isZero() || limit.isNegative()) {
                throw new IllegalArgumentException("it must be longer than nothing");
            }
            return limit;
        } catch (IllegalArgumentException e) {
            throw new PluginRefused(
                    "the timeLimit of " + found.getName() + ", \"" + text + "\", is not usable: " + e.getMessage(),
                    "Write it with a unit, as in \"30s\" or \"15m\".",
                    e);
        }
    }

    private String schema(Class<?> found, String name, String what) throws PluginRefused, IOException {
        if (name.isEmpty()) {
            return null;
        }
        byte[] text = resources
                .text(name)
                .orElseThrow(() -> new PluginRefused(
                        "the " + what + " of " + found.getName() + ", " + name + ", is not in the jar",
                        "Put it into the jar (src/main/resources) under exactly that name."));
        String schema = new String(text, StandardCharsets.UTF_8);
        try {
            PayloadSchema.compile(schema);
        } catch (IllegalArgumentException e) {
            throw new PluginRefused(
                    "the " + what + " of " + found.getName() + ", " + name + ", is not usable: " + e.getMessage(),
                    "Correct it; schemas are JSON Schema draft 2020-12 unless they say otherwise, and nothing is fetched.",
                    e);
        }
        return schema;
    }

    private JobTypeDefinition configure(JobTypeDefinition definition) throws PluginRefused {
        try {
            return Objects.requireNonNull(configured.apply(definition), "configured");
        } catch (RuntimeException e) {
            throw new PluginRefused(
                    "the configuration of type " + definition.name() + " cannot be applied: " + e.getMessage(),
                    "Correct types." + definition.name() + " in the configuration.",
                    e);
        }
    }
}
