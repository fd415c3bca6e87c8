/**
 * Clusters of real JVMs on real databases, and what happens to them: killed, paused, stopped, cut off. The jobs bear witness in
 * files of their own, beside the database, and {@link io.requartz.cluster.Checker} compares the two.
 */
package io.requartz.cluster;
