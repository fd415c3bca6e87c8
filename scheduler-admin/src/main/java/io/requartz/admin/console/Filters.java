package io.requartz.admin.console;

import io.requartz.admin.rest.Query;
import io.requartz.admin.rest.Wire;
import io.requartz.admin.rest.WrongValue;
import io.requartz.problem.Problem;
import io.requartz.time.Durations;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What a list is narrowed to, as the address bar has it. What a form left blank does not count. Immutable. */
final class Filters {

    private static final String CURSOR = "cursor";

    private final MultivaluedMap<String, String> given;

    private Filters(MultivaluedMap<String, String> given) {
        this.given = given;
    }

    /** @throws Problem if there is one that the page does not know: it must not be read as "all" */
    static Filters of(UriInfo uri, Set<String> known) {
        return of(parameters(uri), known);
    }

    /** As {@link #of(UriInfo, Set)}, of what a form or an address brought. */
    static Filters of(MultivaluedMap<String, String> all, Set<String> known) {
        MultivaluedMap<String, String> given = new MultivaluedHashMap<>();
        for (Map.Entry<String, List<String>> parameter : all.entrySet()) {
            if (!known.contains(parameter.getKey()) && !parameter.getKey().equals(CURSOR)) {
                throw Problem.invalid(
                        "This page has no filter " + Wire.quoted(parameter.getKey()) + ".",
                        "It has: " + String.join(", ", known.stream().sorted().toList()) + ".");
            }
            List<String> filled = parameter.getValue().stream()
                    .filter(value -> !value.isBlank())
                    .toList();
            if (!filled.isEmpty()) {
                given.put(parameter.getKey(), filled);
            }
        }
        return new Filters(given);
    }

    static MultivaluedMap<String, String> parameters(UriInfo uri) {
        try {
            return uri.getQueryParameters();
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(
                    "the query cannot be decoded; every % must be followed by two hexadecimal digits", e);
        }
    }

    Query query() {
        return new Query(given);
    }

    /** As it was given; empty if it was not. */
    String text(String name) {
        String value = given.getFirst(name);
        return value == null ? "" : value;
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    boolean none() {
        return given.keySet().stream().allMatch(CURSOR::equals);
    }

    void each(BiConsumer<String, String> visitor) {
        given.forEach((name, values) -> {
            if (!name.equals(CURSOR)) {
                values.forEach(value -> visitor.accept(name, value));
            }
        });
    }

    Filters without(Set<String> names) {
        MultivaluedMap<String, String> rest = new MultivaluedHashMap<>();
        given.forEach((name, values) -> {
            if (!names.contains(name)) {
                rest.put(name, values);
            }
        });
        return new Filters(rest);
    }

    /** As an address has it after the question mark; empty if nothing is narrowed. */
    String address() {
        return href("", "").replaceFirst("^\\?", "");
    }

    /** The same list, narrowed (otherwise) by one more. */
    Filters with(String name, String value) {
        MultivaluedMap<String, String> more = new MultivaluedHashMap<>();
        more.putAll(given);
        more.put(name, List.of(value));
        return new Filters(more);
    }

    /** This list from another place on. */
    String href(String path, String cursor) {
        List<String> parts = new ArrayList<>();
        each((name, value) -> parts.add(name + "=" + Words.query(value)));
        if (!cursor.isEmpty()) {
            parts.add(CURSOR + "=" + Words.query(cursor));
        }
        return parts.isEmpty() ? path : path + "?" + String.join("&", parts);
    }

    /** Choices of one filter, with the present one chosen. */
    List<Option> options(String name, String any, List<Option> choices) {
        List<Option> all = new ArrayList<>();
        all.add(new Option("", any, !has(name)));
        boolean listed = !has(name);
        for (Option choice : choices) {
            boolean chosen = choice.value().equalsIgnoreCase(text(name));
            listed |= chosen;
            all.add(new Option(choice.value(), choice.label(), chosen));
        }
        if (!listed) {
            all.add(new Option(text(name), text(name), true));
        }
        return all;
    }

    /** How long ago, under {@code since}. */
    List<Option> times() {
        return options(
                "since",
                "Any time",
                List.of(Option.of("1h", "Last hour"), Option.of("24h", "Last day"), Option.of("7d", "Last 7 days")));
    }

    /** One choice of a filter. */
    record Option(String value, String label, boolean chosen) {

        static Option of(String value, String label) {
            return new Option(value, label, false);
        }
    }

    /** So long ago, as in {@code 24h}, or a time. */
    static WrongValue.Form<Instant> since(Instant now) {
        return text -> {
            try {
                return now.minus(Durations.parse(text));
            } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException noDuration) {
                return Wire.instant(text);
            }
        };
    }
}
