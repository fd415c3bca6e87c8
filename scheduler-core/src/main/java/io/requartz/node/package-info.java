/**
 * One JVM of the cluster. {@link io.requartz.node.RequartzNode} opens, starts and stops it; {@link io.requartz.node.Engine} holds
 * its parts, with every background duty as a method; {@code Heart} and {@code PeerWatch} tell who is alive.
 */
package io.requartz.node;
