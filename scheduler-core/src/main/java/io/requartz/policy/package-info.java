/**
 * Which retry policy holds for a run: default, named policies, types, live changes and the run's own keys, in this order. What a
 * policy is stands in {@code io.requartz.retry}; start here at {@link io.requartz.policy.Policies}.
 */
package io.requartz.policy;
