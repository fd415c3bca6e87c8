package io.requartz.schedule;

import io.requartz.schedule.ScheduleRepository.FireWithRun;

/**
 * What a cell did last.
 *
 * @param newest the newest fire
 * @param run the newest fire whose run is still there, which may be the same; null if there was none lately
 */
public record LatestFire(FireWithRun newest, FireWithRun run) {}
