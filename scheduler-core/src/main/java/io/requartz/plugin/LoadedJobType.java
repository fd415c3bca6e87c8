package io.requartz.plugin;

import io.requartz.api.ErrorClassifier;
import java.util.List;
import org.quartz.Job;

/** A job type that this node can run. */
public interface LoadedJobType {

    JobTypeDefinition definition();

    /** Class loader of the plugin: the context class loader while the job runs. */
    ClassLoader classLoader();

    /** What the plugin brings to tell its failures; asked in this order. */
    default List<ErrorClassifier> classifiers() {
        return List.of();
    }

    /** A new instance by the public no-argument constructor, in the calling thread. Throws whatever the constructor throws. */
    Job newJob() throws Exception;
}
