package io.requartz.admin.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/** A command line typed at noon, and what came of it. */
final class Typed {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Map<String, String> environment = new HashMap<>();
    private Terminal.View view = new Terminal.View(0, false);
    private String input = "";

    record Result(int exitCode, String out, String err) {}

    Typed(Path home) {
        environment.put("REQUARTZ_HOME", home.toString());
        environment.put("HOSTNAME", "box");
    }

    Typed with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Typed seenOn(int width, boolean unicode) {
        view = new Terminal.View(width, unicode);
        return this;
    }

    Typed given(String standardInput) {
        input = standardInput;
        return this;
    }

    Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Requartz.run(terminal(out, err), arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }

    Terminal terminal() {
        return terminal(new StringWriter(), new StringWriter());
    }

    private Terminal terminal(StringWriter out, StringWriter err) {
        return new Terminal(
                new PrintWriter(out),
                new PrintWriter(err),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                environment,
                () -> NOON,
                ZoneId.of("Europe/Berlin"),
                view);
    }
}
