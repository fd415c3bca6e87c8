package io.requartz.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SafeTextTest {

    private static final String FACE = "\uD83D\uDE00";

    @Test
    void nullStaysNull() {
        assertThat(SafeText.chars(null, 5)).isNull();
        assertThat(SafeText.utf8(null, 5)).isNull();
    }

    @Test
    void whatNoDatabaseTakesIsReplaced() {
        assertThat(SafeText.chars("a\0b", 10)).isEqualTo("a\uFFFDb");
        assertThat(SafeText.chars("a\uD83Db", 10)).isEqualTo("a\uFFFDb");
        assertThat(SafeText.chars("\uDE00\uD83D", 10)).isEqualTo("\uFFFD\uFFFD");
        assertThat(SafeText.chars("ok" + FACE, 10)).isEqualTo("ok" + FACE);
    }

    @Test
    void aPairIsNeverCutInTwo() {
        assertThat(SafeText.chars("a" + FACE, 2)).isEqualTo("a");
        assertThat(SafeText.chars("a" + FACE, 3)).isEqualTo("a" + FACE);
        assertThat(SafeText.utf8("a" + FACE, 4)).isEqualTo("a");
        assertThat(SafeText.utf8("a" + FACE, 5)).isEqualTo("a" + FACE);
        assertThat(SafeText.chars("\uD83D\uD83D", 1)).isEqualTo("\uFFFD");
        assertThat(SafeText.chars("abc", 0)).isEmpty();
    }

    @Test
    void bytesAreThoseOfTheReplacedText() {
        assertThat(SafeText.utf8("\0\0", 5)).isEqualTo("\uFFFD");
        assertThat(SafeText.utf8("\uD83D\uD83D", 6)).isEqualTo("\uFFFD\uFFFD");
        assertThat(SafeText.utf8("\u00E4\u20AC", 4)).isEqualTo("\u00E4");
    }

    @Property
    void anyTextIsMadeFitAndKeepsWithinItsLimit(@ForAll("texts") String text, @ForAll @IntRange(max = 40) int max) {
        String chars = SafeText.chars(text, max);
        String bytes = SafeText.utf8(text, max);

        assertThat(chars.length()).isBetween(Math.min(text.length(), max) - 1, max);
        assertThat(bytes.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(max);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(chars)).isTrue();
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(bytes)).isTrue();
        assertThat(chars).doesNotContain("\0");
        assertThat(bytes).doesNotContain("\0");
        assertThat(SafeText.chars(chars, max)).isEqualTo(chars);
        assertThat(SafeText.utf8(bytes, max)).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of('a', '\0', '\u00E4', '\u20AC', '\uD83D', '\uDE00', '\uD83D', '\uDE00', '\n')
                .list()
                .ofMaxSize(30)
                .map(chars -> {
                    StringBuilder text = new StringBuilder();
                    chars.forEach(text::append);
                    return text.toString();
                });
    }
}
