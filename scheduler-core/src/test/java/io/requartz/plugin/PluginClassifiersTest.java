package io.requartz.plugin;

import static io.requartz.plugin.PluginJarBuilder.aJarWithJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.api.ErrorCategory;
import io.requartz.failure.FailureClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginClassifiersTest {

    private static final String ENTRY = "META-INF/services/io.requartz.api.ErrorClassifier";

    private static final String CLASSIFIER = """
            package com.acme;
            import io.requartz.api.ErrorCategory;
            import java.util.Optional;
            public class Carriers implements io.requartz.api.ErrorClassifier {
                %s
                public Optional<ErrorCategory> classify(String type, Throwable failure) {
                    boolean own = Thread.currentThread().getContextClassLoader() == Carriers.class.getClassLoader();
                    return own && failure.getMessage().equals("closed on " + type)
                            ? Optional.of(new ErrorCategory("carrier_closed"))
                            : Optional.empty();
                }
            }
            """;

    @TempDir
    Path directory;

    private ErrorCategory classified(Plugins plugins, String message) {
        LoadedJobType type = plugins.find("sync").orElseThrow();
        return new FailureClassifier(InstantSource.system())
                .classify(new IllegalStateException(message), "sync", type.classifiers())
                .category();
    }

    @Test
    void aJarBringsAClassifierForItsOwnTypes() throws IOException {
        aJarWithJob("Sync")
                .with("com.acme.Carriers", CLASSIFIER.formatted(""))
                .withEntry(ENTRY, "# ours\ncom.acme.Carriers # and no other\n\n")
                .writeTo(directory.resolve("a.jar"));
        aJarWithJob("Menu").writeTo(directory.resolve("b.jar"));

        try (Plugins plugins = new PluginLoader(directory, definition -> definition).load()) {
            assertThat(classified(plugins, "closed on sync")).isEqualTo(new ErrorCategory("carrier_closed"));
            assertThat(classified(plugins, "request timed out")).isEqualTo(ErrorCategory.TIMEOUT);
            assertThat(plugins.find("menu").orElseThrow().classifiers()).isEmpty();
            assertThat(plugins.plugins())
                    .allSatisfy(plugin -> assertThat(plugin.warnings()).isEmpty());
        }
    }

    @Test
    void theGuidesExampleWorks() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "retries.md"));
        int begin = guide.indexOf("```java\n") + 8;
        String example = guide.substring(begin, guide.indexOf("```", begin));
        aJarWithJob("Sync")
                .with(
                        "com.acme.CarrierClosedException",
                        "package com.acme; public class CarrierClosedException extends RuntimeException {}")
                .with(
                        "com.acme.CarrierErrors",
                        "package com.acme; import io.requartz.api.*; import java.util.Optional; " + example)
                .withEntry(ENTRY, "com.acme.CarrierErrors")
                .writeTo(directory.resolve("a.jar"));

        try (Plugins plugins = new PluginLoader(directory, definition -> definition).load()) {
            assertThat(plugins.find("sync").orElseThrow().classifiers()).hasSize(1);
            assertThat(classified(plugins, "closed")).isEqualTo(ErrorCategory.UNKNOWN);
        }
    }

    @Test
    void oneThatCannotBeMadeIsPassedOverWhenItIsNeeded() throws IOException {
        aJarWithJob("Sync")
                .with("com.acme.Carriers", CLASSIFIER.formatted("static { if (true) throw new Error(\"no\"); }"))
                .withEntry(ENTRY, "com.acme.Carriers")
                .writeTo(directory.resolve("a.jar"));

        try (Plugins plugins = new PluginLoader(directory, definition -> definition).load()) {
            assertThat(classified(plugins, "request timed out")).isEqualTo(ErrorCategory.TIMEOUT);
            assertThat(classified(plugins, "closed on sync")).isEqualTo(ErrorCategory.UNKNOWN);
        }
    }

    @Test
    void oneThatIsNotThereOrIsNoneIsAWarningAndTheTypesLoad() throws IOException {
        aJarWithJob("Sync")
                .withEntry(ENTRY, "com.acme.Nobody\ncom.acme.Sync\nbad name\n")
                .writeTo(directory.resolve("a.jar"));

        try (Plugins plugins = new PluginLoader(directory, definition -> definition).load()) {
            assertThat(plugins.find("sync")).isPresent();
            assertThat(plugins.plugins().get(0).warnings())
                    .hasSize(3)
                    .allSatisfy(warning -> assertThat(warning).contains("error classifier"));
        }
    }
}
