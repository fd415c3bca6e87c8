/**
 * Benchmarks of the platform beside stock Quartz and db-scheduler, on the same machine and database, in turns. Never shipped. Start at
 * {@link io.requartz.bench.BenchMain}; a {@link io.requartz.bench.Engine} is what is compared.
 */
package io.requartz.bench;
