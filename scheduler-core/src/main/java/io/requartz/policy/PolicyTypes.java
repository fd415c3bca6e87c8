package io.requartz.policy;

import io.requartz.plugin.JobTypeDefinition;
import java.util.List;
import java.util.Optional;

/** The job types of the cluster. Thread-safe. */
public interface PolicyTypes {

    /** From memory; never touches the database. */
    Optional<JobTypeDefinition> remembered(String name);

    /** From memory, or else from the database. */
    Optional<JobTypeDefinition> find(String name);

    /** By name. */
    List<JobTypeDefinition> all();
}
