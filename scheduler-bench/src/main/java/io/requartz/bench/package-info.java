/** Benchmarks of the platform beside stock Quartz, on the same machine and database. Never shipped. */
package io.requartz.bench;
