package io.requartz.admin.console;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What would be done, before it begins.
 *
 * @param many how many, with their noun
 * @param effect what happens to each
 * @param missing that some of the ticked ones are not among them; empty if all are
 * @param which how they are found
 * @param fields that say so to the form's receiver
 * @param paced whether they are let go at a rate
 * @param lasts how long that takes
 * @param noteNeeded whether it needs a word about why
 * @param danger whether it takes work away
 * @param list what it came from
 * @param wrong why it did not begin; null at first
 */
record BulkStartPage(
        Frame frame,
        String verb,
        String many,
        long matched,
        String effect,
        String missing,
        List<Fact> which,
        List<Map.Entry<String, String>> fields,
        boolean paced,
        String rate,
        String lasts,
        boolean noteNeeded,
        String note,
        boolean danger,
        String list,
        String back,
        @Nullable Flash wrong)
        implements Page {}
