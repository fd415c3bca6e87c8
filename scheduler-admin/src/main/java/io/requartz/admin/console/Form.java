package io.requartz.admin.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.requartz.admin.rest.Query;
import io.requartz.admin.rest.Wire;
import io.requartz.problem.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a form that was sent; what is blank was not filled in. Immutable once read. */
final class Form {

    /** The field that carries {@link Session#formToken}. */
    static final String TOKEN = "form-token";

    private static final String PROPERTY = Form.class.getName();
    private static final int MOST_FIELDS = 1_000;

    private final MultivaluedMap<String, String> fields;

    private Form(MultivaluedMap<String, String> fields) {
        this.fields = fields;
    }

    /** @throws Problem of kind INVALID if it is no form */
    static Form parse(byte[] body) {
        MultivaluedMap<String, String> fields = new MultivaluedHashMap<>();
        String[] parts = new String(body, UTF_8).split("&", MOST_FIELDS + 1);
        if (parts.length > MOST_FIELDS) {
            throw Problem.invalid("the form has more than " + MOST_FIELDS + " fields", "Choose fewer at a time.");
        }
        for (String part : parts) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                // browsers end lines with both characters; payloads and notes are kept as people see them
                fields.add(
                        decoded(part.substring(0, equals)),
                        decoded(part.substring(equals + 1)).replace("\r\n", "\n"));
            }
        }
        return new Form(fields);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(
                    "the form cannot be decoded; every % must be followed by two hexadecimal digits",
                    "Send it from the page itself.");
        }
    }

    void keep(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
    }

    /** @throws IllegalStateException if the request brought none, which {@link AccessFilter} sees to */
    static Form of(ContainerRequestContext request) {
        if (request.getProperty(PROPERTY) instanceof Form form) {
            return form;
        }
        throw new IllegalStateException("the request has no form");
    }

    /** As it was typed; null if it is missing or blank. */
    @Nullable String text(String name) {
        String value = fields.getFirst(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** All that were given under this name, but blank ones. */
    List<String> all(String name) {
        return fields.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isBlank())
                .toList();
    }

    /** All fields but these. */
    MultivaluedMap<String, String> without(String... names) {
        MultivaluedMap<String, String> rest = new MultivaluedHashMap<>();
        rest.putAll(fields);
        rest.keySet().removeAll(List.of(names));
        return rest;
    }

    /** The version that the person saw; null if the form does not say. */
    @Nullable Long version() {
        String version = text("version");
        return version != null && version.matches("[0-9]{1,18}") ? Long.valueOf(version) : null;
    }

    /** The person's words about why; may be null. */
    @Nullable String note() {
        MultivaluedMap<String, String> filled = new MultivaluedHashMap<>();
        String text = text("note");
        if (text != null) {
            filled.add("note", text.strip());
        }
        Query query = new Query(filled);
        String note = query.one("note", Wire.prose(2_000));
        query.done();
        return note;
    }
}
