package io.requartz.api;

import java.util.Optional;

/**
 * A plugin's own word on what its failures mean. A jar brings one by naming its class in
 * {@code META-INF/services/io.requartz.api.ErrorClassifier}; it is asked about the failures of that plugin's job types only.
 *
 * <p>What a {@link JobFailedException} says itself, and the rules of the operator's configuration, come before it; what ships comes
 * after it. It is called by many threads at once, with the plugin's class loader as the context class loader, and must neither
 * block nor touch what the job works on. If it throws, it has said nothing.
 */
@FunctionalInterface
public interface ErrorClassifier {

    /**
     * The category of a failure.
     *
     * @param jobType the failed run's job type
     * @param failure what the job threw; its causes are worth a look
     * @return empty: it does not know, and others are asked. {@code node_lost} counts as empty
     */
    Optional<ErrorCategory> classify(String jobType, Throwable failure);
}
