package io.requartz.plugin;

import io.requartz.api.ErrorClassifier;
import java.util.List;
import org.quartz.Job;

/** A job type that this node can run. */
public interface LoadedJobType {

    JobTypeDefinition definition();

    /** Class loader of the plugin: the context class loader while the job runs. */
    ClassLoader classLoader();

    /** JSON Schema text that {@link #settings()} must satisfy; null: any JSON object. */
    default String settingsSchema() {
        return null;
    }

    /** What configuration says for this type alone, JSON text of an object: see {@code RunContext.settings()}. Null: nothing. */
    default String settings() {
        return null;
    }

    /** What the plugin brings to tell its failures; asked in this order. */
    default List<ErrorClassifier> classifiers() {
        return List.of();
    }

    /** A new instance by the public no-argument constructor, in the calling thread. Throws whatever the constructor throws. */
    Job newJob() throws Exception;
}
