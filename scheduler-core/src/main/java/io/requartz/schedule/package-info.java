/**
 * When job types run by themselves: timings, calendars, misfire and overlap rules, matrices. The decisions are pure
 * ({@link io.requartz.schedule.NextFires}, {@link io.requartz.schedule.FirePlan}); {@link io.requartz.schedule.ScheduleFires} carries
 * one fire out in one transaction, and {@link io.requartz.schedule.Schedules} is what people can ask for.
 */
package io.requartz.schedule;
