package io.requartz.plugin;

import org.quartz.Job;

/** A job type that this node can run. */
public interface LoadedJobType {

    JobTypeDefinition definition();

    /** Class loader of the plugin: the context class loader while the job runs. */
    ClassLoader classLoader();

    /** A new instance by the public no-argument constructor, in the calling thread. Throws whatever the constructor throws. */
    Job newJob() throws Exception;
}
