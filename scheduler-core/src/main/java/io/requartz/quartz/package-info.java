/**
 * What stands between Quartz and the rest: the dispatcher that runs plugin jobs, the listener that decides about retries, the job
 * factory, the shell and the worker threads. Nothing in here touches the database.
 */
package io.requartz.quartz;
