/**
 * A random walk through all that can happen to runs, scopes and schedules, beside a model that works it out for itself. Begin with
 * {@link io.requartz.walk.RandomWalkTest}.
 */
package io.requartz.walk;
