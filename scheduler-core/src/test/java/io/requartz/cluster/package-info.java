/**
 * Clusters of real JVMs on real databases, and what happens to them: killed, paused, stopped, cut off. The jobs bear witness in
 * files of their own, beside the database, the client keeps a log of what it was told, and {@link io.requartz.cluster.Checker} compares
 * both with the tables.
 *
 * <ul>
 *   <li>nodes killed: {@code TakeoverTest}, {@code ClusterTest}, {@code ScheduleRaceTest}; all at once: {@code WholeClusterTest}
 *   <li>nodes frozen: {@code ClusterTest}; in the middle of a transaction: {@code FrozenTransactionTest}, {@code HeldRowsTest}
 *   <li>nodes stopped in order: {@code GracefulStopTest}; two with one id: {@code SameNodeIdTest}
 *   <li>the database killed and frozen: {@code DatabaseAwayTest}
 *   <li>the network, commits whose answer is lost, slowness: {@code NetworkFaultsTest}
 *   <li>clocks: {@code SkewedClocksTest}
 *   <li>all of it, drawn with a seed: {@code SoakTest}, and {@code bin/faults} for hours
 * </ul>
 */
package io.requartz.cluster;
