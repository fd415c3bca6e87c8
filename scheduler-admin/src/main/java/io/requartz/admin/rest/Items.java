package io.requartz.admin.rest;

import io.requartz.run.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list as an answer.
 *
 * @param next cursor of the next part; null at the end
 */
record Items<T>(List<T> items, @Nullable String next) {

    Items {
        items = List.copyOf(items);
    }

    static <S, T> Items<T> of(Page<S> page, Function<S, T> view) {
        return new Items<>(page.items().stream().map(view).toList(), Cursor.write(page.next()));
    }

    /** The whole list. */
    static <S, T> Items<T> of(List<S> all, Function<S, T> view) {
        return new Items<>(all.stream().map(view).toList(), null);
    }
}
