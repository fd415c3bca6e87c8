package io.requartz.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Parts of a document that the code itself says: they stand between {@code <!-- from the code: NAME -->} and {@code <!-- end -->}.
 * Run the test with {@code -Drequartz.docs=write} to have them written.
 */
public final class Document {

    private final Path file;

    private Document(Path file) {
        this.file = file;
    }

    /** @param name of a file in docs/ */
    public static Document of(String name) {
        return new Document(Path.of("..", "docs", name));
    }

    /** Fails unless the part is exactly this. */
    public void says(String part, Stream<String> lines) {
        List<String> expected = lines.toList();
        try {
            List<String> all = Files.readAllLines(file);
            int begin = all.indexOf("<!-- from the code: " + part + " -->");
            assertThat(begin).as("the beginning of %s in %s", part, file).isNotNegative();
            int end = begin + all.subList(begin, all.size()).indexOf("<!-- end -->");
            if ("write".equals(System.getProperty("requartz.docs"))) {
                Files.write(
                        file,
                        Stream.of(all.subList(0, begin + 1), expected, all.subList(end, all.size()))
                                .flatMap(List::stream)
                                .toList());
            } else {
                assertThat(all.subList(begin + 1, end))
                        .as("%s in %s", part, file)
                        .isEqualTo(expected);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A row of a table. */
    public static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
