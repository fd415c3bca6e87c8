/** Errors for callers: what came, what was expected, what to do. */
package io.requartz.problem;
