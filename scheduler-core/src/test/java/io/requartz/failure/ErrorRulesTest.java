package io.requartz.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.requartz.api.ErrorCategory;
import io.requartz.api.ErrorClassifier;
import io.requartz.api.JobFailedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What operators and plugins add to the classification that ships. */
class ErrorRulesTest {

    private static final ErrorCategory CLOSED = new ErrorCategory("carrier_closed");
    private static final DeclaredCategories DECLARED =
            new DeclaredCategories(Map.of(CLOSED, true), Map.of("temporary_error", ErrorCategory.TEMPORARY));
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

    private static ErrorRule message(ErrorCategory category, String message) {
        return new ErrorRule(category, null, null, message, List.of(), null, null, null);
    }

    private static ErrorCategory classified(Throwable thrown, ErrorRule... rules) {
        return new FailureClassifier(CLOCK, DECLARED, List.of(rules))
                .classify(thrown, "sync", List.of())
                .category();
    }

    @Test
    void aRuleGoesBeforeWhatShips() {
        Throwable timeout = new SocketTimeoutException("the carrier is CLOSED on Sundays");

        assertThat(classified(timeout)).isEqualTo(ErrorCategory.TIMEOUT);
        assertThat(classified(timeout, message(CLOSED, "closed on \\w+days?"))).isEqualTo(CLOSED);
    }

    @Test
    void theFirstRuleThatHoldsDecides() {
        assertThat(classified(
                        new IOException("b"),
                        message(CLOSED, "a"),
                        message(ErrorCategory.PERMISSION, "b"),
                        message(CLOSED, "b")))
                .isEqualTo(ErrorCategory.PERMISSION);
    }

    @Test
    void allConditionsMustHoldAndOfOneAndTheSameException() {
        ErrorRule rule = new ErrorRule(CLOSED, null, "java.io.IOException", "closed", List.of(), null, null, null);

        assertThat(classified(new RuntimeException(new ConnectException("closed")), rule))
                .isEqualTo(CLOSED);
        assertThat(classified(new RuntimeException("closed", new ConnectException("refused")), rule))
                .isEqualTo(ErrorCategory.NETWORK);
    }

    @Test
    void aRuleMayLookAtStatusSqlStateVendorCodeExitCodeAndType() {
        ErrorRule status =
                new ErrorRule(CLOSED, null, null, null, List.of(new ErrorRule.Statuses(520, 529)), null, null, null);
        ErrorRule state = new ErrorRule(CLOSED, null, null, null, List.of(), "23", null, null);
        ErrorRule vendor = new ErrorRule(CLOSED, null, null, null, List.of(), null, 1927, null);
        ErrorRule exit = new ErrorRule(CLOSED, null, null, null, List.of(), null, null, 99);
        ErrorRule type = new ErrorRule(CLOSED, "sync", null, null, List.of(), null, null, null);
        ErrorRule otherType = new ErrorRule(CLOSED, "menu", null, null, List.of(), null, null, null);

        assertThat(classified(JobFailedException.http(522, "x"), status)).isEqualTo(CLOSED);
        assertThat(classified(new IOException("HTTP 529"), status)).isEqualTo(CLOSED);
        assertThat(classified(JobFailedException.http(530, "x"), status)).isEqualTo(ErrorCategory.SERVER_ERROR);
        assertThat(classified(new SQLException("x", "23505"), state)).isEqualTo(CLOSED);
        assertThat(classified(new SQLException("x", "42000"), state)).isEqualTo(ErrorCategory.UNKNOWN);
        assertThat(classified(new SQLException("x", "HY000", 1927), vendor)).isEqualTo(CLOSED);
        assertThat(classified(new IOException("exited with code 99"), exit)).isEqualTo(CLOSED);
        assertThat(classified(new IOException("x"), type)).isEqualTo(CLOSED);
        assertThat(classified(new IOException("x"), otherType)).isEqualTo(ErrorCategory.UNKNOWN);
    }

    @Test
    void whatAJobSaysItselfIsBelievedBeforeARuleAndAnAliasIsWhatItStandsFor() {
        Throwable said = new JobFailedException("closed").category(new ErrorCategory("temporary_error"));

        assertThat(classified(said, message(CLOSED, "closed"))).isEqualTo(ErrorCategory.TEMPORARY);
    }

    @Test
    void aPluginsClassifierComesAfterTheRulesAndBeforeWhatShips() {
        ErrorClassifier plugin = (type, failure) ->
                failure instanceof IOException ? Optional.of(new ErrorCategory("temporary_error")) : Optional.empty();
        FailureClassifier classifier = new FailureClassifier(CLOCK, DECLARED, List.of(message(CLOSED, "closed")));

        assertThat(classifier
                        .classify(new ConnectException("x"), "sync", List.of(plugin))
                        .category())
                .isEqualTo(ErrorCategory.TEMPORARY);
        assertThat(classifier
                        .classify(new ConnectException("closed"), "sync", List.of(plugin))
                        .category())
                .isEqualTo(CLOSED);
        assertThat(classifier
                        .classify(new OutOfMemoryError(), "sync", List.of(plugin))
                        .category())
                .isEqualTo(ErrorCategory.OUT_OF_MEMORY);
    }

    @Test
    void aClassifierThatThrowsAnswersNullOrSaysNodeLostHasSaidNothing() {
        List<ErrorClassifier> broken = List.of(
                (type, failure) -> {
                    throw new StackOverflowError();
                },
                (type, failure) -> null,
                (type, failure) -> Optional.of(ErrorCategory.NODE_LOST));

        assertThat(new FailureClassifier(CLOCK)
                        .classify(new ConnectException("x"), "sync", broken)
                        .category())
                .isEqualTo(ErrorCategory.NETWORK);
    }

    @Test
    void anExpressionThatWouldTakeYearsFindsNothing() {
        String catastrophe = "a".repeat(60) + "!";

        assertThat(classified(new IOException(catastrophe), message(CLOSED, "(a+)+$")))
                .isEqualTo(ErrorCategory.UNKNOWN);
        assertThat(classified(new IOException("x".repeat(2_000)), message(CLOSED, "(x|y)*z")))
                .isEqualTo(ErrorCategory.UNKNOWN);
    }

    @Test
    void rulesThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ErrorRule(CLOSED, null, null, null, List.of(), null, null, null))
                .withMessageContaining("no condition");
        assertThatIllegalArgumentException().isThrownBy(() -> message(ErrorCategory.NODE_LOST, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> message(CLOSED, "("));
        assertThatIllegalArgumentException().isThrownBy(() -> new ErrorRule.Statuses(600, 700));
    }

    @Test
    void namesOfCategoriesDoNotClash() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeclaredCategories(Map.of(ErrorCategory.TIMEOUT, false), Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeclaredCategories(Map.of(), Map.of("timeout", ErrorCategory.NETWORK)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeclaredCategories(Map.of(), Map.of("later", CLOSED)));
        assertThat(DECLARED.find("temporary_error")).contains(ErrorCategory.TEMPORARY);
        assertThat(DECLARED.find("nothing")).isEmpty();
        assertThat(DECLARED.isTemporary(CLOSED)).isTrue();
        assertThat(DECLARED.known())
                .hasSize(ErrorCategories.shipped().size() + 1)
                .contains(CLOSED);
    }
}
