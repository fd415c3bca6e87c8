package io.requartz.quartz;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.run.AttemptLog;
import io.requartz.run.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogBufferTest {

    private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

    private final LogBuffer buffer = new LogBuffer();

    private void append(String message) {
        buffer.append(AT, "INFO", "com.acme.Sync", message);
    }

    @Test
    void aFewLinesAreKeptInOrder() {
        append("one");
        append("two");

        AttemptLog log = buffer.toAttemptLog(3);

        assertThat(log.attempt()).isEqualTo(3);
        assertThat(log.dropped()).isZero();
        assertThat(log.lines())
                .containsExactly(
                        new LogLine(AT, "INFO", "com.acme.Sync", "one"),
                        new LogLine(AT, "INFO", "com.acme.Sync", "two"));
    }

    @Test
    void ofManyLinesTheFirstAndTheLastHalfAreKept() {
        for (int i = 1; i <= 2_000; i++) {
            append("line " + i);
        }

        AttemptLog log = buffer.toAttemptLog(1);

        assertThat(log.lines()).hasSize(500);
        assertThat(log.dropped()).isEqualTo(1_500);
        assertThat(log.lines().get(0).message()).isEqualTo("line 1");
        assertThat(log.lines().get(249).message()).isEqualTo("line 250");
        assertThat(log.lines().get(250).message()).isEqualTo("line 1751");
        assertThat(log.lines().get(499).message()).isEqualTo("line 2000");
    }

    @Test
    void longLinesNeverExceedTheBytes() {
        for (int i = 0; i < 100; i++) {
            append("ü".repeat(3_000));
        }

        AttemptLog log = buffer.toAttemptLog(1);

        long bytes = log.lines().stream()
                .mapToLong(each -> each.message().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        assertThat(bytes).isBetween(40_000L, (long) LogBuffer.BYTES);
        assertThat(log.lines().size() + log.dropped()).isEqualTo(100);
    }

    @Test
    void aHugeLineIsCutBetweenCharacters() {
        append("\uD83D\uDE00".repeat(100_000));

        String kept = buffer.toAttemptLog(1).lines().get(0).message();

        assertThat(kept.getBytes(StandardCharsets.UTF_8)).hasSize(LogBuffer.LINE_BYTES);
        assertThat(kept.codePoints().distinct().toArray()).containsExactly(0x1F600);
    }

    @Test
    void aShortLineAfterTheFirstHalfIsFullStaysInOrder() {
        for (int i = 0; i < 4; i++) {
            append("x".repeat(7_900));
        }
        append("y".repeat(7_900));
        append("short");

        assertThat(buffer.toAttemptLog(1).lines())
                .last()
                .extracting(LogLine::message)
                .isEqualTo("short");
    }

    @Test
    void whatDatabasesRefuseIsReplacedAndNullIsEmpty() {
        buffer.append(AT, null, null, "a\u0000b\uD800c");
        buffer.append(AT, "INFO", "x", null);

        assertThat(buffer.toAttemptLog(1).lines())
                .containsExactly(new LogLine(AT, "", "", "a\uFFFDb\uFFFDc"), new LogLine(AT, "INFO", "x", ""));
    }
}
