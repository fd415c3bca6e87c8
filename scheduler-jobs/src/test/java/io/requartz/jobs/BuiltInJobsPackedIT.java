package io.requartz.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.plugin.LoadedJobType;
import io.requartz.plugin.PayloadSchema;
import io.requartz.plugin.PluginLoader;
import io.requartz.plugin.Plugins;
import io.requartz.testing.JobTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Job;

/** Needs the packed jar, which Maven names in the phase verify. */
@EnabledIfSystemProperty(named = "plugin.jar", matches = ".+")
class BuiltInJobsPackedIT {

    private final Path jarFile = Path.of(System.getProperty("plugin.jar"));

    @TempDir
    private Path directory;

    private Plugins plugins;

    @BeforeEach
    void load() throws IOException {
        Files.copy(jarFile, directory.resolve(jarFile.getFileName()));
        plugins = new PluginLoader(directory, definition -> definition).load();
    }

    @AfterEach
    void close() {
        plugins.close();
    }

    private static Job newJob(LoadedJobType type) {
        try {
            return type.newJob();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void offersItsTypesWithoutAWarning() {
        assertThat(plugins.quarantined()).isEmpty();
        assertThat(plugins.plugins()).singleElement().satisfies(it -> {
            assertThat(it.name()).isEqualTo("scheduler-jobs");
            assertThat(it.version()).matches("[0-9].*");
            assertThat(it.types()).containsExactly("http", "no_op");
            assertThat(it.warnings()).isEmpty();
        });
    }

    @Test
    void theHttpJobBringsTheJsonThatItNeeds() {
        LoadedJobType http = plugins.find("http").orElseThrow();

        JobTester.Tested tested = JobTester.of(() -> newJob(http))
                .payload("{\"url\": \"http://127.0.0.1:1/\"}")
                .run();

        assertThat(newJob(http).getClass().getClassLoader()).isSameAs(http.classLoader());
        assertThat(tested.failure().orElseThrow().category().name()).isEqualTo("network");
    }

    @Test
    void theHttpTypesSchemaTakesWhatTheJobTakes() {
        PayloadSchema schema = PayloadSchema.compile(
                plugins.find("http").orElseThrow().definition().payloadSchema());

        assertThat(schema.violations("""
                {"method": "PUT", "url": "https://example.com/{a}", "headers": {"X": "1"}, "body": [1], "params": {"a": 1},
                 "timeout": "5s", "success": ["2xx", 404, "500-501"], "expect": "json", "idempotency-header": false,
                 "follow-redirects": true}
                """)).isEmpty();
        assertThat(schema.violations("{\"url\": \"http://a/\", \"retries\": 3}"))
                .hasSize(1);
        assertThat(schema.violations("{}")).hasSize(1);
    }

    @Test
    void noOpRuns() {
        assertThat(JobTester.of(() -> newJob(plugins.find("no_op").orElseThrow()))
                        .run()
                        .succeeded())
                .isTrue();
    }

    @Test
    void packsNothingOfThePlatformAndNoJobThatCallsWhatItIsTold() throws IOException {
        try (JarFile jar = new JarFile(jarFile.toFile())) {
            List<String> classes = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .toList();

            assertThat(classes)
                    .filteredOn(name -> name.startsWith("org/quartz/"))
                    .containsExactly("org/quartz/jobs/NoOpJob.class");
            assertThat(classes)
                    .noneMatch(name -> name.startsWith("io/requartz/") && !name.startsWith("io/requartz/jobs/"));
            assertThat(classes).noneMatch(name -> name.startsWith("org/slf4j/"));
        }
    }
}
