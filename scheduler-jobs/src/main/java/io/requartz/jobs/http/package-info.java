/** The {@code http} job type: one request to a web service, its answer judged. */
package io.requartz.jobs.http;
