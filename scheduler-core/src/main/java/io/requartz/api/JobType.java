package io.requartz.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a job class as a job type and gives its defaults. Optional: a public {@code org.quartz.Job} class without it is a type
 * named after the class, {@code SyncShops} being {@code sync_shops}. Everything here can be overridden by configuration.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface JobType {

    /** Letters, digits, {@code _}, {@code .} and {@code -}, at most 100; empty: from the class name. */
    String value() default "";

    /** What people call it: {@code "Availability sync"}; empty: the name. */
    String title() default "";

    String description() default "";

    /** When to try again; what is not set here keeps its default. */
    Retry retry() default @Retry;

    /** How long an attempt may take ({@code "30s"}, {@code "15m"}); empty: no limit. Then the thread is interrupted. */
    String timeLimit() default "";

    /** Name of a JSON Schema in the jar that every payload must satisfy; empty: any JSON object. */
    String payloadSchema() default "";

    /**
     * Name of a JSON Schema in the jar that settings for this job must satisfy ({@code types.NAME.settings} of the configuration,
     * see {@link RunContext#settings()}); empty: any JSON object.
     */
    String settingsSchema() default "";
}
