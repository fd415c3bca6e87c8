/**
 * What Quartz's own clustered store does wrong, shown on Quartz 2.5.2 as it is, and beside it what Requartz does in the same place. These
 * tests are why its store is not used: should one of them fail after an update of Quartz, so much the better.
 */
package io.requartz.stockquartz;
