package io.requartz.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** What all measurements are told. */
final class Options {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Option(
            names = "--database",
            paramLabel = "DATABASE",
            defaultValue = "postgresql",
            description = {
                "postgresql or mariadb (started from their jars, with durable commits), mysql (at REQUARTZ_TEST_MYSQL_URL),",
                "h2 (a file), or a JDBC URL whose user may create schemas. Default: ${DEFAULT-VALUE}"
            })
    String database;

    @Option(names = "--json", description = "Prints JSON instead of tables.")
    boolean json;

    /** Prints one report. */
    void print(PrintWriter out, Report report) {
        if (json) {
            try {
                out.println(JSON.writeValueAsString(report));
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException(impossible);
            }
        } else {
            report.print(out);
        }
        out.flush();
    }

    /** What a measurement came to: its components as JSON, or a text for people. */
    interface Report {
        void print(PrintWriter out);
    }
}
