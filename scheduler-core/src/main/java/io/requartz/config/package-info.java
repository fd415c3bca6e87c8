/**
 * What a node is told before it starts: one typed record an area, loaded from {@code conf/requartz.yaml}, the environment and
 * {@code --set} options, in this order. Everything that is wrong is reported at once.
 */
package io.requartz.config;
