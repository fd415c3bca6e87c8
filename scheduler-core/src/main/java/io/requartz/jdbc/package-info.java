/**
 * The database: dialects, errors told apart, transactions, and the repositories that hold all SQL. A repository's method is one
 * statement, or a few that belong together; the transaction is the caller's.
 */
package io.requartz.jdbc;
