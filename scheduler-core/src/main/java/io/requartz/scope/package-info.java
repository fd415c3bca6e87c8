/**
 * Scopes: the consecutive failures of what several runs have in common, as one restaurant on one platform. {@link
 * io.requartz.scope.ScopeState} decides, {@link io.requartz.scope.Scopes} is the service; {@code io.requartz.jobstore} asks and counts
 * in the transactions that take runs and write outcomes.
 */
package io.requartz.scope;
