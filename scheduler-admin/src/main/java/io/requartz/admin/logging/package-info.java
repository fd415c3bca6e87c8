/** Logback on one side, attempts on the other: what a job logs is kept with its attempt. */
package io.requartz.admin.logging;
