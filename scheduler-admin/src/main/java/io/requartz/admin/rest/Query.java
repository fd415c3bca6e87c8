package io.requartz.admin.rest;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a request's query parameters; {@link #done} tells of all mistakes at once. Not thread-safe. */
public final class Query {

    private final MultivaluedMap<String, String> given;
    private final Mistakes mistakes = new Mistakes("the query");

    Query(UriInfo uri) {
        this(uri.getQueryParameters());
    }

    public Query(MultivaluedMap<String, String> given) {
        this.given = given;
    }

    /** The value, or null if the parameter was not given, or if it was wrong. */
    public <T> @Nullable T one(String name, WrongValue.Form<T> form) {
        List<String> values = given.getOrDefault(name, List.of());
        if (values.size() > 1) {
            mistakes.add(name + ": given " + values.size() + " times; expected once");
            return null;
        }
        return values.isEmpty() ? null : mistakes.read(name, values.get(0), form);
    }

    int number(String name, int least, int most, int otherwise) {
        Integer number = one(name, Wire.integer(least, most));
        return number == null ? otherwise : number;
    }

    /** False if it was not given. */
    boolean flag(String name) {
        return Boolean.TRUE.equals(one(name, Wire::flag));
    }

    /** All values of a parameter that may be repeated, or hold several separated by commas. */
    public <T> List<T> all(String name, WrongValue.Form<T> form) {
        List<T> all = new ArrayList<>();
        for (String values : given.getOrDefault(name, List.of())) {
            for (String value : values.split(",", -1)) {
                T read = mistakes.read(name, value.strip(), form);
                if (read != null) {
                    all.add(read);
                }
            }
        }
        return all;
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    void wrong(String mistake) {
        mistakes.add(mistake);
    }

    /** @throws io.requartz.problem.Problem if anything was wrong */
    public void done() {
        mistakes.done();
    }
}
