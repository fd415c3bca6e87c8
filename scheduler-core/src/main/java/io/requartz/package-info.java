/** Requartz: a job scheduler platform on Quartz. Job authors start at {@code io.requartz.api}, readers of the code at {@code docs/architecture.md}. */
package io.requartz;
