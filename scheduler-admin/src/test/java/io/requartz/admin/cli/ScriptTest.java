package io.requartz.admin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/requartz} in a distribution whose Java only says how it was called. */
@DisabledOnOs(OS.WINDOWS)
class ScriptTest {

    private static final Path SCRIPT =
            Path.of("..", "bin", "requartz").toAbsolutePath().normalize();

    @TempDir
    Path home;

    private Path script;

    private record Ended(int exitCode, String output) {}

    @BeforeEach
    void unpack() throws IOException {
        home = home.toRealPath();
        Files.createDirectories(home.resolve("dist/bin"));
        Files.createDirectories(home.resolve("dist/lib"));
        script = Files.copy(SCRIPT, home.resolve("dist/bin/requartz"), StandardCopyOption.COPY_ATTRIBUTES);
        java("17.0.1");
    }

    @Test
    void itsSyntaxIsRight() throws Exception {
        assertThat(run(List.of("bash", "-n", SCRIPT.toString()), Map.of()).output())
                .isEmpty();
        assertThat(Files.isExecutable(SCRIPT)).isTrue();
    }

    @Test
    void itFindsItsLibrariesThroughLinksFromAnyDirectory() throws Exception {
        Path elsewhere = Files.createDirectories(home.resolve("else where"));
        Files.createSymbolicLink(elsewhere.resolve("one"), Path.of("..", "dist", "bin", "requartz"));
        Path link = Files.createSymbolicLink(home.resolve("two"), elsewhere.resolve("one"));

        Ended ended = run(List.of(link.toString(), "runs", "a b"), Map.of());

        assertThat(ended.output())
                .contains("-cp " + home.resolve("dist/lib") + "/* io.requartz.admin.Main runs [a b]")
                .contains("home=" + home.resolve("dist"))
                .contains("command=" + link);
        assertThat(ended.exitCode()).isZero();
    }

    @Test
    void commandsStartQuicklyAndNodesRunLong() throws Exception {
        assertThat(run(List.of(script.toString(), "runs"), Map.of()).output()).contains("-XX:TieredStopAtLevel=1");
        assertThat(run(List.of(script.toString(), "--port", "1", "node"), Map.of())
                        .output())
                .doesNotContain("-XX:TieredStopAtLevel=1");
    }

    @Test
    void nativeAccessIsAllowedWhereItMustBe() throws Exception {
        assertThat(run(List.of(script.toString(), "node"), Map.of()).output()).doesNotContain("native-access");

        java("25");

        assertThat(run(List.of(script.toString(), "node"), Map.of()).output())
                .contains("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void anOldJavaIsRefusedInPlainWords() throws Exception {
        java("1.8.0_292");

        Ended ended = run(List.of(script.toString(), "runs"), Map.of());

        assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.output()).contains("Requartz needs Java 17 or newer").contains("is version 8.");
    }

    @Test
    void aJavaHomeWithoutJavaIsRefused() throws Exception {
        Ended ended = run(List.of(script.toString()), Map.of("JAVA_HOME", "/nowhere"));

        assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.output()).contains("JAVA_HOME is /nowhere, but there is no bin/java in it.");
    }

    @Test
    void theExitCodeIsThatOfTheProgram() throws Exception {
        assertThat(run(List.of(script.toString()), Map.of("EXIT", "4")).exitCode())
                .isEqualTo(4);
    }

    /** A stand-in that prints its version as Java does, and else its arguments. */
    private void java(String version) throws IOException {
        Path file = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
        Files.writeString(file, """
                #!/usr/bin/env bash
                if [ "$1" = -version ]; then echo 'openjdk version "VERSION" 2021-10-19' >&2; exit 0; fi
                line=
                for argument in "$@"; do
                  case $argument in *' '*) argument="[$argument]" ;; esac
                  line="$line $argument"
                done
                echo "$line"
                echo "home=$REQUARTZ_HOME"
                echo "command=$REQUARTZ_COMMAND"
                exit "${EXIT:-0}"
                """.replace("VERSION", version));
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Ended run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("REQUARTZ_") || name.equals("JAVA_OPTS"));
        builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
