package io.requartz.run;

/**
 * @param requested the run was running: its job has been asked to stop, and an outcome that commits first wins
 * @param message the same in a sentence
 */
public record CancelAnswer(Run run, boolean requested, String message) {}
