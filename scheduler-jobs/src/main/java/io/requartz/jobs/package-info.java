/** The job types that come with the platform. They are a plugin like any other and see only {@code io.requartz.api}. */
package io.requartz.jobs;
