package io.requartz.api;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Retry defaults of a {@link JobType}. Durations are written with a unit: {@code "10s"}, {@code "1h"}. Unset keeps the default. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Retry {

    /** Attempts a cycle, with the first; 0: unset. */
    int maxAttempts() default 0;

    /** As a policy writes it: {@code "exponential"}, {@code "linear"}, {@code "fixed"}, ...; empty: unset. */
    String backoff() default "";

    /** Base delay of the backoff; empty: unset. */
    String base() default "";

    /** Greatest delay; empty: unset. */
    String maxDelay() default "";

    /** {@code none}, {@code full} or {@code equal}; empty: unset. */
    String jitter() default "";

    /** Categories that are not tried again. */
    String[] neverOn() default {};
}
