package io.requartz.quartz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.api.RunContext;
import io.requartz.failure.SafeText;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Objects;

/** The {@link RunContext} of an attempt that runs. It writes to memory only; the node's writer threads carry it to the database. */
final class LiveRunContext implements RunContext {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int MESSAGE_LENGTH = 500;

    private final Execution execution;
    private final String settings;
    private final InstantSource clock;
    private final long resultLimit;

    /** @param settings null: none */
    LiveRunContext(Execution execution, String settings, InstantSource clock, long resultLimit) {
        this.execution = execution;
        this.settings = settings;
        this.clock = clock;
        this.resultLimit = resultLimit;
    }

    @Override
    public String runId() {
        return execution.run().runId();
    }

    @Override
    public String jobType() {
        return execution.run().type();
    }

    @Override
    public String payload() {
        return execution.run().payload();
    }

    @Override
    public String settings() {
        return settings;
    }

    @Override
    public int attempt() {
        return execution.run().attempt();
    }

    @Override
    public int failures() {
        return execution.run().failures();
    }

    @Override
    public String idempotencyKey() {
        return execution.run().idempotencyKey();
    }

    @Override
    public long fencingToken() {
        return execution.run().token();
    }

    @Override
    public boolean cancelRequested() {
        return execution.stopReason().isPresent();
    }

    @Override
    public void progress(int percent, String message) {
        String safe = message == null ? null : SafeText.chars(message, MESSAGE_LENGTH);
        execution.progress(new Execution.Progress(Math.max(0, Math.min(100, percent)), safe));
    }

    @Override
    public void result(String json) {
        Objects.requireNonNull(json, "json");
        if (json.getBytes(StandardCharsets.UTF_8).length > resultLimit) {
            throw new IllegalArgumentException("a result may have at most " + resultLimit
                    + " bytes; this one has more. Store it elsewhere and keep its address");
        }
        try {
            // written anew: what is not JSON, or has a NUL or half a character in it, is found here and not in the
            // outcome
            execution.result(SafeText.chars(JSON.readTree(json).toString(), Integer.MAX_VALUE));
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(
                    "a result must be a JSON document: " + broken.getOriginalMessage(), broken);
        }
    }

    @Override
    public void log(String line) {
        execution.log().append(clock.instant(), "INFO", "job", String.valueOf(line));
    }
}
