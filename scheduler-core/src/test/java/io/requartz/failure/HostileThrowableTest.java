package io.requartz.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.requartz.api.ErrorCategory;
import io.requartz.api.JobFailedException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exceptions are a stranger's code. Nothing that they do may break the classification, or make a failure that cannot be stored. */
@SuppressWarnings("serial")
class HostileThrowableTest {

    private final FailureClassifier classifier = new FailureClassifier(InstantSource.system());

    /** Each of its methods does what it is told to. */
    private static final class Poisoned extends RuntimeException {
        private final Supplier<String> message;
        private final Supplier<Throwable> cause;
        private final Supplier<StackTraceElement[]> stack;

        Poisoned(Supplier<String> message, Supplier<Throwable> cause, Supplier<StackTraceElement[]> stack) {
            super("never seen");
            this.message = message;
            this.cause = cause;
            this.stack = stack;
        }

        @Override
        public String getMessage() {
            return message.get();
        }

        @Override
        public String getLocalizedMessage() {
            throw new IllegalStateException("getLocalizedMessage");
        }

        @Override
        public synchronized Throwable getCause() {
            return cause.get();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            return stack == null ? super.getStackTrace() : stack.get();
        }

        @Override
        public String toString() {
            throw new IllegalStateException("toString");
        }

        @Override
        public void printStackTrace(PrintStream s) {
            throw new IllegalStateException("printStackTrace");
        }

        @Override
        public void printStackTrace(PrintWriter s) {
            throw new IllegalStateException("printStackTrace");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("hashCode");
        }

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("equals");
        }
    }

    private static final class Untold extends JobFailedException {
        private final boolean nulls;

        Untold(boolean nulls) {
            super("HTTP 503");
            this.nulls = nulls;
        }

        @Override
        public Optional<ErrorCategory> category() {
            return answer();
        }

        @Override
        public OptionalInt httpStatus() {
            return answer();
        }

        @Override
        public Optional<Duration> retryAfter(InstantSource clock) {
            return answer();
        }

        @Override
        public Optional<String> responseExcerpt() {
            return answer();
        }

        @SuppressWarnings("TypeParameterUnusedInFormals")
        private <T> T answer() {
            if (nulls) {
                return null;
            }
            throw new LinkageError("no word");
        }
    }

    private static final class PoisonedSql extends SQLException {
        @Override
        public String getSQLState() {
            throw new IllegalStateException("getSQLState");
        }

        @Override
        public int getErrorCode() {
            throw new IllegalStateException("getErrorCode");
        }

        @Override
        public SQLException getNextException() {
            throw new IllegalStateException("getNextException");
        }
    }

    static Stream<Throwable> hostile() {
        Supplier<Throwable> none = () -> null;
        Supplier<String> message = () -> "m";
        Error error = new Error("within");
        return Stream.of(
                new Poisoned(() -> raise(new IllegalStateException("getMessage")), none, null),
                new Poisoned(() -> raise(error), none, null),
                new Poisoned(HostileThrowableTest::recurse, none, null),
                new Poisoned(() -> null, none, null),
                new Poisoned(() -> "x".repeat(10_000_000), none, null),
                new Poisoned(() -> "\uD83D\uDE00".repeat(5_000_000), none, null),
                new Poisoned(() -> "\uDE00\0\uD83D".repeat(1_000_000), none, null),
                new Poisoned(() -> "a".repeat(100_000) + "\"'`".repeat(100_000), none, null),
                new Poisoned(message, () -> raise(new IllegalStateException("getCause")), null),
                new Poisoned(message, () -> new Poisoned(message, HostileThrowableTest::endless, null), null),
                new Poisoned(message, none, () -> null),
                new Poisoned(message, none, () -> new StackTraceElement[0]),
                new Poisoned(message, none, () -> new StackTraceElement[1_000]),
                new Poisoned(message, none, () -> raise(error)),
                new Poisoned(message, none, HostileThrowableTest::hugeFrames),
                circle(1),
                circle(2),
                circle(500),
                chain(10_000),
                new Untold(true),
                new Untold(false),
                new PoisonedSql(),
                new OutOfMemoryError(),
                new StackOverflowError(),
                new ThreadDeathLike(),
                new ExceptionInInitializerError(new IllegalStateException("static")),
                new AssertionError(),
                new Throwable());
    }

    private static final class ThreadDeathLike extends Error {}

    @ParameterizedTest
    @MethodSource("hostile")
    void nothingBreaksTheClassification(Throwable thrown) {
        Failure failure = classifier.classify(thrown);

        assertThat(failure.category()).isNotNull();
        assertThat(failure.exceptionClass()).isNotBlank();
        assertStorable(failure.exceptionClass(), 255);
        assertStorable(failure.message(), 2_000);
        assertStorable(failure.stackTrace(), Integer.MAX_VALUE);
        assertThat(failure.stackTrace().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(16 * 1024);
        assertThat(Fingerprint.of(failure)).matches("[0-9a-f]{16}");
    }

    @Test
    void aPoisonedMessageIsSaidToBeSo() {
        Poisoned poisoned = new Poisoned(() -> raise(new IllegalStateException("x")), () -> null, null);

        assertThat(classifier.classify(poisoned).message())
                .isEqualTo("(no message: getMessage() threw java.lang.IllegalStateException)");
    }

    @Test
    void aWordThatCannotBeReadLeavesTheRestOfTheClassification() {
        assertThat(classifier.classify(new Untold(true)).category()).isEqualTo(ErrorCategory.SERVER_ERROR);
        assertThat(classifier.classify(new Untold(false)).category()).isEqualTo(ErrorCategory.SERVER_ERROR);
    }

    @Test
    void aCauseBehindAPoisonedExceptionStillTells() {
        Poisoned poisoned = new Poisoned(() -> raise(new Error()), () -> new ConnectException("refused"), () -> null);

        assertThat(classifier.classify(poisoned).category()).isEqualTo(ErrorCategory.NETWORK);
    }

    @Test
    void ofALongChainBothEndsAreShown() {
        String stack = classifier.classify(chain(60)).stackTrace();

        assertThat(stack).contains("level 60", "level 54", "44 causes left out", "level 2\n", "level 1\n");
        assertThat(stack).doesNotContain("level 30");
    }

    @Test
    void nullIsAFailureToo() {
        Failure failure = classifier.classify(null);

        assertThat(failure.category()).isEqualTo(ErrorCategory.UNKNOWN);
        assertThat(failure.message()).isEqualTo("the attempt failed without an exception");
    }

    @Test
    void aDeepStackIsNoReasonToBreak() {
        assertThatCode(() -> classifyDeepDown(0)).doesNotThrowAnyException();
    }

    /** Classifies where hardly any stack is left, as happens to a job that recursed too far. */
    private void classifyDeepDown(int depth) {
        if (depth == 200) {
            assertThat(classifier.classify(chain(1_000)).category()).isEqualTo(ErrorCategory.UNKNOWN);
        } else {
            classifyDeepDown(depth + 1);
        }
    }

    private static void assertStorable(String text, int chars) {
        if (text != null) {
            assertThat(text).hasSizeLessThanOrEqualTo(chars).doesNotContain("\0");
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
        }
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private static <T> T raise(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    @SuppressWarnings("InfiniteRecursion")
    private static String recurse() {
        return recurse() + "x";
    }

    /** A new cause at every call, for ever. */
    private static Throwable endless() {
        return new Poisoned(() -> "deeper", HostileThrowableTest::endless, null);
    }

    private static StackTraceElement[] hugeFrames() {
        StackTraceElement[] frames = new StackTraceElement[1_000];
        java.util.Arrays.fill(frames, new StackTraceElement("c".repeat(100_000), "\uD83D\0", "f", 1));
        return frames;
    }

    private static Throwable circle(int length) {
        Throwable[] links = new Throwable[length];
        for (int i = 0; i < length; i++) {
            int next = (i + 1) % length;
            links[i] = new Poisoned(() -> "round", () -> links[next], null);
        }
        return links[0];
    }

    private static Throwable chain(int length) {
        Throwable thrown = null;
        for (int level = 1; level <= length; level++) {
            thrown = new IllegalStateException("level " + level, thrown);
        }
        return thrown;
    }
}
