package io.requartz.admin.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param sentence what is listed, in words
 * @param filters what it is narrowed to
 * @param bulk what can be done to several of them; null where they are decided about
 * @param newer the list's beginning; empty if this is it
 * @param older the next part; empty if this is the last
 */
record DeadLetterListPage(
        Frame frame,
        String sentence,
        LetterFilterForm filters,
        List<DeadLetterRow> letters,
        @Nullable BulkBar bulk,
        String newer,
        String older)
        implements Page {}
