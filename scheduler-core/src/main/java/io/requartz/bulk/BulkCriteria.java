package io.requartz.bulk;

import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.run.RunFilter;
import java.util.List;

/**
 * Which runs are meant: all that match the filter and, if ids are given, are among them. Exactly one of the filters is there.
 *
 * @param runs null for what is done to dead letters
 * @param letters null for what is done to runs
 * @param ids empty: any
 */
public record BulkCriteria(RunFilter runs, DeadLetterFilter letters, List<String> ids) {

    public BulkCriteria {
        if ((runs == null) == (letters == null)) {
            throw new IllegalArgumentException("either runs or dead letters are meant");
        }
        ids = List.copyOf(ids);
    }

    public static BulkCriteria runs(RunFilter filter) {
        return new BulkCriteria(filter, null, List.of());
    }

    public static BulkCriteria letters(DeadLetterFilter filter) {
        return new BulkCriteria(null, filter, List.of());
    }
}
