package io.requartz.run;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list, newest first.
 *
 * @param next cursor of the next part; null at the end
 */
public record Page<T>(List<T> items, String next) {

    public Page {
        items = List.copyOf(items);
    }

    public <R> Page<R> map(Function<T, R> each) {
        return new Page<>(items.stream().map(each).toList(), next);
    }
}
