package io.requartz.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is found wrong, collected so that it is told at once. */
final class Complaints {

    private static final Comparator<Complaint> FILE_FIRST = Comparator.comparingInt(
            each -> each.where().line() == 0 ? Integer.MAX_VALUE : each.where().line());

    private final List<Complaint> all = new ArrayList<>();

    void add(Origin where, String what) {
        all.add(new Complaint(where, what));
    }

    /** @throws ConfigException with all of them, those of the file first and in its order */
    void throwIfAny() {
        if (!all.isEmpty()) {
            throw new ConfigException(all.stream()
                    .sorted(FILE_FIRST)
                    .map(each -> each.where() + ": " + each.what())
                    .toList());
        }
    }

    private record Complaint(Origin where, String what) {}
}
