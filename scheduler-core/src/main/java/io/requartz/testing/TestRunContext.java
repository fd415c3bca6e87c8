package io.requartz.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.api.RunContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A {@link RunContext} that remembers what the job told it. Thread-safe. */
public final class TestRunContext implements RunContext {

    private static final int RESULT_BYTES = 64 << 10;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String runId;
    private final String jobType;
    private final String payload;
    private final String settings;
    private final int failures;
    private final List<Progress> progress = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile String result;
    private volatile boolean cancelRequested;

    /** What {@link RunContext#progress} was called with, percent cut to 0..100. */
    public record Progress(int percent, String message) {}

    /**
     * @param settings null: none
     * @param failures attempts that failed before this one, all in the run's first cycle
     */
    public TestRunContext(String runId, String jobType, String payload, String settings, int failures) {
        this.runId = Objects.requireNonNull(runId, "runId");
        this.jobType = Objects.requireNonNull(jobType, "jobType");
        this.payload = Objects.requireNonNull(payload, "payload");
        this.settings = settings;
        if (failures < 0) {
            throw new IllegalArgumentException("failures must not be negative; " + failures + " came");
        }
        this.failures = failures;
    }

    @Override
    public String runId() {
        return runId;
    }

    @Override
    public String jobType() {
        return jobType;
    }

    @Override
    public String payload() {
        return payload;
    }

    @Override
    public String settings() {
        return settings;
    }

    @Override
    public int attempt() {
        return failures + 1;
    }

    @Override
    public int failures() {
        return failures;
    }

    @Override
    public String idempotencyKey() {
        return runId + "-1";
    }

    @Override
    public long fencingToken() {
        return attempt();
    }

    @Override
    public boolean cancelRequested() {
        return cancelRequested;
    }

    @Override
    public void progress(int percent, String message) {
        progress.add(new Progress(Math.max(0, Math.min(100, percent)), message));
    }

    @Override
    public void result(String json) {
        if (json.getBytes(StandardCharsets.UTF_8).length > RESULT_BYTES) {
            throw new IllegalArgumentException(
                    "a result is at most 64 KiB; keep large ones elsewhere and hand on their address");
        }
        try {
            if (JSON.readTree(json).isMissingNode()) {
                throw new IllegalArgumentException("a result is a JSON document; an empty text came");
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a result is a JSON document: " + e.getOriginalMessage(), e);
        }
        result = json;
    }

    @Override
    public void log(String line) {
        lines.add(line);
    }

    /** From now on {@link #cancelRequested()} is true. */
    public void requestCancel() {
        cancelRequested = true;
    }

    /** The last result that the job set. */
    public Optional<String> result() {
        return Optional.ofNullable(result);
    }

    public List<Progress> progress() {
        return List.copyOf(progress);
    }

    /** What the job said by {@link RunContext#log}, in order. */
    public List<String> lines() {
        return List.copyOf(lines);
    }
}
