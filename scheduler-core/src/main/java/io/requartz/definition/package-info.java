/** Named things that configuration defines and people change while the cluster runs. Start at {@link Definitions}. */
package io.requartz.definition;
