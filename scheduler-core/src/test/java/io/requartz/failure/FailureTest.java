package io.requartz.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.requartz.api.ErrorCategory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void boundsEveryText() {
        String huge = "\u20AC\0".repeat(100_000);

        Failure failure = new Failure(ErrorCategory.UNKNOWN, huge, huge, huge, null, null, huge);

        assertThat(failure.exceptionClass()).hasSize(255);
        assertThat(failure.message()).hasSize(2_000).doesNotContain("\0");
        assertThat(failure.stackTrace().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(16 * 1024 - 3, 16 * 1024);
        assertThat(failure.responseExcerpt().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(4 * 1024 - 3, 4 * 1024);
    }

    @Test
    void aNegativeWaitIsNone() {
        Failure failure = new Failure(ErrorCategory.RATE_LIMIT, null, null, null, 429, Duration.ofSeconds(-3), null);

        assertThat(failure.retryAfter()).isZero();
    }

    @Test
    void needsACategoryAndNothingElse() {
        assertThat(Failure.of(ErrorCategory.NODE_LOST, "the node died").message())
                .isEqualTo("the node died");
        assertThatNullPointerException().isThrownBy(() -> Failure.of(null, "m")).withMessage("category");
    }
}
