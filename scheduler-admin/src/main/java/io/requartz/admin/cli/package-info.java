/**
 * The command line. Commands talk to a running node through its REST API; {@code node} and {@code demo} are one, {@code doctor}
 * and {@code migrate} open the database themselves if none runs.
 */
package io.requartz.admin.cli;
