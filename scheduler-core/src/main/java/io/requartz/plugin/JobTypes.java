package io.requartz.plugin;

import java.util.Collection;
import java.util.Optional;

/** The job types that this node can run. Thread-safe. */
public interface JobTypes {

    Optional<LoadedJobType> find(String name);

    Collection<LoadedJobType> all();
}
