/**
 * When a failed run is tried again: policies, and the pure decision that follows from one. Nothing here knows a database, Quartz
 * or the time: {@link io.requartz.retry.RetryPlanner#plan} is given all that it decides by.
 */
package io.requartz.retry;
