package io.requartz.admin.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param policy what its retries go by
 * @param schema of its payload; empty: any object
 * @param payload as the person left it
 * @param key idempotency key of this form: sent twice, it makes one run
 * @param wrong why a run was not accepted; null at first
 */
record JobTypePage(
        Frame frame,
        JobTypeRow type,
        List<Fact> facts,
        List<Fact> policy,
        String schema,
        String payload,
        String key,
        @Nullable Flash wrong)
        implements Page {}
