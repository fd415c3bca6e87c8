package io.requartz.admin.console;

/**
 * A time on a page.
 *
 * @param iso for programs
 * @param text for people
 * @param full the same, exactly
 * @param clock whether {@code text} is a time of the day, which a browser may write in its own zone
 */
record Moment(String iso, String text, String full, boolean clock) {}
