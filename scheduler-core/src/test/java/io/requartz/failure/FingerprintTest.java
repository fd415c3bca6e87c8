package io.requartz.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.requartz.api.ErrorCategory;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "order 17 is gone | order 9000001 is gone",
                "took 1.5s | took 200ms",
                "balance is -5 | balance is 1,234.50",
                "run 018f3a2b-1c2d-7e3f-8a4b-5c6d7e8f9a0b lost | run ffffffff-ffff-ffff-ffff-ffffffffffff lost",
                "object @1b2c3d4e | object @deadbeef",
                "shop 'Chez Marie' closed | shop 'Bob' closed",
                "no field \"a\" in \"b\" | no field \"long name\" in \"\"",
                "ORD-12345 unpaid | ORD-9 unpaid",
                "due 2026-03-01T12:00:00Z | due 2025-12-31T23:59:59.123456+01:00",
                "due 2026-03-01 | due 2025-12-31 23:59",
                "mail to bob@example.com bounced | mail to alice.b+x@mail.example.org bounced",
                "host 10.0.0.1:8080 down | host 192.168.17.4:443 down",
                "trace 4bf92f3577b34da6a3ce929d0e0e4736 | trace 00f067aa0ba902b7",
                "two  spaces\tand a tab 1 | two spaces and a tab 2"
            })
    void messagesThatDifferInIdsAndNumbersAreAlike(String one, String other) {
        assertThat(Fingerprint.normalized(one)).isEqualTo(Fingerprint.normalized(other));
        assertThat(Fingerprint.of(failure(one))).isEqualTo(Fingerprint.of(failure(other)));
    }

    @Test
    void otherWordsCategoriesAndExceptionsAreNotAlike() {
        Failure failure = failure("the menu was refused");

        assertThat(Fingerprint.of(failure)).isNotEqualTo(Fingerprint.of(failure("the order was refused")));
        assertThat(Fingerprint.of(failure))
                .isNotEqualTo(Fingerprint.of(new Failure(
                        ErrorCategory.NETWORK, "java.io.IOException", "the menu was refused", null, null, null, null)));
        assertThat(Fingerprint.of(failure))
                .isNotEqualTo(Fingerprint.of(new Failure(
                        ErrorCategory.UNKNOWN, "a.OtherException", "the menu was refused", null, null, null, null)));
    }

    @Test
    void isTheSameInEveryJvm() {
        assertThat(Fingerprint.of(failure("order 17 is gone"))).isEqualTo("7c612f4bb1500260");
    }

    @Test
    void namesOfGeneratedClassesDoNotMatter() {
        assertThat(Fingerprint.of(withClass("a.B$$Lambda/0x00007f1")))
                .isEqualTo(Fingerprint.of(withClass("a.B$$Lambda/0x0000aa2")));
        assertThat(Fingerprint.of(withClass("a.B$1"))).isNotEqualTo(Fingerprint.of(withClass("a.B$2")));
    }

    @Test
    void whereALongMessageWasCutDoesNotMatter() {
        String tail = "x y ".repeat(1_000);

        assertThat(Fingerprint.of(failure("id 1 " + tail)))
                .isEqualTo(Fingerprint.of(failure("id 123456789012 " + tail)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "'", "\"", "`", "1", "a1", "-", "@", "a@", "1.", "2026-", "deadbeef-", " ", "{\"", "é"})
    void noMessageIsSlow(String part) {
        Failure failure = failure(part.repeat(2_000));
        Fingerprint.of(failure);

        long before = System.nanoTime();
        Fingerprint.of(failure);
        assertThat((System.nanoTime() - before) / 1_000_000).as("milliseconds").isLessThan(250);
    }

    @Test
    void noMessageAndNoExceptionIsAFingerprintToo() {
        assertThat(Fingerprint.of(new Failure(ErrorCategory.NODE_LOST, null, null, null, null, null, null)))
                .matches("[0-9a-f]{16}");
    }

    @Property
    void anyIdsMakeTheSameFingerprint(
            @ForAll long one,
            @ForAll int other,
            @ForAll @IntRange(min = 1) int ms,
            @ForAll long high,
            @ForAll long low) {
        String message = "run %s of shop %d on node-%d failed after %dms at 0x%x";
        String first = message.formatted(new UUID(high, low), one, other, ms, low);
        String second = message.formatted(new UUID(low, one), other, ms, ms, one);

        assertThat(Fingerprint.of(failure(first))).isEqualTo(Fingerprint.of(failure(second)));
    }

    @Property
    void anyTextHasAFingerprint(@ForAll String message) {
        assertThatCode(() -> Fingerprint.of(failure(message))).doesNotThrowAnyException();
    }

    private static Failure failure(String message) {
        return new Failure(ErrorCategory.UNKNOWN, "java.io.IOException", message, null, null, null, null);
    }

    private static Failure withClass(String name) {
        return new Failure(ErrorCategory.UNKNOWN, name, "m", null, null, null, null);
    }
}
