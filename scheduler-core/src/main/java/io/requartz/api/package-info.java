/**
 * What the author of a job sees: the run's context, typed failures, and annotations. Nothing else of the platform is visible to
 * a plugin. A job is a plain {@code org.quartz.Job}; using this package is optional.
 */
package io.requartz.api;
