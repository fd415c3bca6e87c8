/**
 * For the tests of job authors: runs a job class against a payload in the test's own thread, without node or database. Ships with
 * the platform; not visible to plugins at run time.
 */
package io.requartz.testing;
