package io.requartz.failure;

import io.requartz.docs.Document;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/retries.md} lists what the classification that ships looks for. */
class PatternsDocumentTest {

    private static final Document RETRIES = Document.of("retries.md");

    @Test
    void thePhrasesInMessages() {
        RETRIES.says(
                "phrases",
                Stream.concat(
                        Stream.of(Document.row("category", "phrase"), "|---|---|"),
                        MessagePatterns.phrases().entrySet().stream()
                                .map(phrase -> Document.row(
                                        "`" + phrase.getKey() + "`",
                                        "`" + phrase.getValue().replace("|", "\\|") + "`"))));
    }

    @Test
    void theExitCodes() {
        RETRIES.says(
                "exit codes",
                Stream.concat(
                        Stream.of(Document.row("exit code", "category"), "|---|---|"),
                        MessagePatterns.exitCodes().entrySet().stream()
                                .sorted(java.util.Map.Entry.comparingByKey())
                                .map(code -> Document.row("" + code.getKey(), "`" + code.getValue() + "`"))));
    }

    @Test
    void theExceptions() {
        RETRIES.says(
                "exceptions",
                Stream.concat(
                        Stream.of(Document.row("category", "exception, or one that extends it"), "|---|---|"),
                        ErrorCategories.shipped().stream()
                                .filter(category ->
                                        !ExceptionTypes.names(category).isEmpty())
                                .map(category -> Document.row(
                                        "`" + category + "`", String.join(", ", ExceptionTypes.names(category))))));
    }
}
