package io.requartz.bench;

import io.requartz.plugin.PayloadSchema;
import io.requartz.quartz.PayloadDataMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.quartz.JobDataMap;

/** What is done with a payload's text. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PayloadBenchmark {

    /** How many fields it has. */
    @Param({"0", "5", "500"})
    public int fields;

    private final PayloadSchema schema = PayloadSchema.compile("""
            {"type": "object", "additionalProperties": {"type": "object",
              "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}, "required": ["id", "name"]}}""");
    private String payload = "{}";

    @Setup
    public void write() {
        payload = IntStream.range(0, fields)
                .mapToObj(i -> "\"field-" + i + "\": {\"id\": " + i + ", \"name\": \"Le Bouzou\"}")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** What a job gets, once an attempt. */
    @Benchmark
    public JobDataMap read() {
        return PayloadDataMap.of(payload);
    }

    /** By the type's schema, once a submission. */
    @Benchmark
    public List<String> check() {
        return schema.violations(payload);
    }
}
