/**
 * Real databases for tests, without installation: H2 in memory, MariaDB and PostgreSQL from jars, and the MySQL server that {@code REQUARTZ_TEST_MYSQL_URL}
 * names. Each server starts once a JVM, at its first use, with durable commits, and stops with the JVM. Start at {@link io.requartz.testdb.TestDatabase}.
 */
@NullMarked
package io.requartz.testdb;

import org.jspecify.annotations.NullMarked;
