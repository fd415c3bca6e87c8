package io.requartz.admin.rest;

import io.requartz.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects everything that is wrong in a request, so that a caller hears of all of it at once. Not thread-safe. */
final class Mistakes {

    private static final int MOST = 20;

    private final String where;
    private final List<String> found = new ArrayList<>();

    /** @param where for people: "the query", "the body" */
    Mistakes(String where) {
        this.where = where;
    }

    void add(String mistake) {
        if (found.size() < MOST) {
            found.add(mistake);
        }
    }

    <T> @Nullable T read(String name, String text, WrongValue.Form<T> form) {
        try {
            return form.read(text);
        } catch (WrongValue e) {
            add(name + ": " + e.getMessage());
            return null;
        }
    }

    /** @throws Problem of kind INVALID if anything was wrong */
    void done() {
        if (found.size() == 1) {
            throw Problem.invalid(
                    found.get(0), "Correct " + where + " and send it again; docs/rest.md describes every field.");
        }
        if (!found.isEmpty()) {
            throw Problem.invalid(
                    found.size() + " things in " + where + " are wrong",
                    "Correct those under 'details' and send it again; docs/rest.md describes every field.",
                    found);
        }
    }
}
