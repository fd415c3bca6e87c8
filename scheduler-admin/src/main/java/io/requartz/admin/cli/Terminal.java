package io.requartz.admin.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a command was typed: its streams, its environment, and what the person sees.
 *
 */
public record Terminal(
        PrintWriter out,
        PrintWriter err,
        InputStream in,
        Map<String, String> environment,
        InstantSource clock,
        ZoneId zone,
        View view) {

    /**
     * What can be shown.
     *
     * @param width columns to cut lines to; 0: do not cut, the output goes into a file or another program
     * @param unicode whether signs beyond ASCII can be shown
     */
    public record View(int width, boolean unicode) {}

    /** The one that this process was started in. {@code bin/requartz} passes the width on. */
    public static Terminal system() {
        Map<String, String> environment = System.getenv();
        return new Terminal(
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                System.in,
                environment,
                InstantSource.system(),
                ZoneId.systemDefault(),
                new View(columns(environment), unicode(environment)));
    }

    /** Where {@code conf/} and {@code data/} are. */
    Path home() {
        return Path.of(environment.getOrDefault("REQUARTZ_HOME", ""));
    }

    void line(String text) {
        out.println(Texts.printable(text));
        out.flush();
    }

    public void flush() {
        out.flush();
        err.flush();
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), false);
    }

    private static int columns(Map<String, String> environment) {
        String columns = environment.getOrDefault("REQUARTZ_COLUMNS", "");
        return columns.matches("\\d{1,4}") ? Integer.parseInt(columns) : 0;
    }

    private static boolean unicode(Map<String, String> environment) {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(value -> value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8"))
                .orElse(false);
    }
}
