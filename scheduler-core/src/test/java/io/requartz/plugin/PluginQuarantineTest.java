package io.requartz.plugin;

import static io.requartz.plugin.PluginJarBuilder.aJar;
import static io.requartz.plugin.PluginJarBuilder.aJarWithJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.retry.RetryPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every bad jar lies beside a good one, which must load. */
class PluginQuarantineTest {

    private static final int THIS_JAVA = Runtime.version().feature();

    @TempDir
    private Path temp;

    private Path directory;
    private Path bad;
    private Plugins plugins;

    @BeforeEach
    void aGoodPlugin() throws IOException {
        directory = Files.createDirectory(temp.resolve("plugins"));
        bad = directory.resolve("bad.jar");
        aJarWithJob("Good").writeTo(directory.resolve("good.jar"));
    }

    @AfterEach
    void close() {
        plugins.close();
    }

    private Quarantined quarantined() {
        return quarantined(PluginLimits.DEFAULT);
    }

    private Quarantined quarantined(PluginLimits limits) {
        plugins = new PluginLoader(directory, RetryPolicy.DEFAULT, definition -> definition, limits, temp).load();
        assertThat(plugins.find("good")).isPresent();
        assertThat(plugins.all()).hasSize(1);
        assertThat(plugins.quarantined()).hasSize(1);
        Quarantined entry = plugins.quarantined().get(0);
        assertThat(entry.jar()).isEqualTo(bad.getFileName().toString());
        assertThat(entry.hint()).isNotBlank();
        return entry;
    }

    @Test
    void anEmptyFile() throws IOException {
        Files.createFile(bad);

        assertThat(quarantined().reason()).contains("empty");
    }

    @Test
    void aFileThatIsNoZip() throws IOException {
        Files.writeString(bad, "<html>404 Not Found</html>");

        assertThat(quarantined().reason()).contains("not a jar");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 60, 95})
    void aTruncatedJar(int percent) throws IOException {
        byte[] whole = Files.readAllBytes(aJarWithJob("Lost").writeTo(temp.resolve("whole.jar")));
        Files.write(bad, Arrays.copyOf(whole, whole.length * percent / 100));

        assertThat(quarantined().reason()).contains("truncated or damaged");
    }

    @Test
    void aJarWithAFlippedBit() throws IOException {
        aJar().withEntry("data.bin", new byte[10_000]).withJob("Flipped", "").writeTo(bad);
        int inTheFirstEntry = 80;
        try (SeekableByteChannel channel =
                Files.newByteChannel(bad, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.position(inTheFirstEntry).read(one);
            one.put(0, (byte) (one.get(0) ^ 0x10)).flip();
            channel.position(inTheFirstEntry).write(one);
        }

        assertThat(quarantined().reason()).contains("is damaged");
    }

    @Test
    void aJarWithoutAJob() throws IOException {
        aJar().with("com.acme.Library", "package com.acme; public class Library {}")
                .writeTo(bad);

        assertThat(quarantined().reason()).contains("it has no job");
    }

    @Test
    void aJarWhoseJobsExtendWhatIsNotThere() throws IOException {
        aJar().with(
                        "com.framework.BaseJob",
                        "package com.framework; public abstract class BaseJob implements org.quartz.Job {}")
                .with(
                        "com.acme.Sync",
                        "package com.acme; public class Sync extends com.framework.BaseJob {"
                                + " public void execute(org.quartz.JobExecutionContext c) {} }")
                .without("com.framework.BaseJob")
                .writeTo(bad);

        assertThat(quarantined().reason()).contains("it has no job").contains("com.framework.BaseJob");
    }

    @Test
    void aJobForANewerJava() throws IOException {
        aJarWithJob("Modern").needingJava(99, "com.acme.Modern").writeTo(bad);

        assertThat(quarantined().reason())
                .contains("com.acme.Modern needs Java 99 or newer; this node runs Java " + THIS_JAVA);
    }

    @Test
    void aJobThatUsesAClassForANewerJava() throws IOException {
        aJar().with("com.acme.Client", "package com.acme; public class Client {}")
                .with(
                        "com.acme.Sync",
                        "package com.acme; public class Sync implements org.quartz.Job {"
                                + " public void execute(org.quartz.JobExecutionContext c) { new Client(); } }")
                .needingJava(99, "com.acme.Client")
                .writeTo(bad);

        assertThat(quarantined().reason()).contains("com.acme.Sync uses com.acme.Client, which needs Java 99");
    }

    @Test
    void aDependencyThatIsMissingInTheBodyOfAMethod() throws IOException {
        aJar().with("org.lib.Client", "package org.lib; public class Client { public void go() {} }")
                .with(
                        "com.acme.Sync",
                        "package com.acme; public class Sync implements org.quartz.Job {"
                                + " public void execute(org.quartz.JobExecutionContext c) { new org.lib.Client().go(); } }")
                .without("org.lib.Client")
                .writeTo(bad);

        Quarantined entry = quarantined();

        assertThat(entry.reason()).contains("com.acme.Sync needs org.lib.Client, which is neither in the jar");
        assertThat(entry.hint()).contains("shade");
    }

    @Test
    void aDependencyThatIsMissingInASignature() throws IOException {
        aJar().with("org.lib.Client", "package org.lib; public class Client {}")
                .with(
                        "com.acme.Sync",
                        "package com.acme; public class Sync implements org.quartz.Job {"
                                + " private org.lib.Client client;"
                                + " public void execute(org.quartz.JobExecutionContext c) {} }")
                .without("org.lib.Client")
                .writeTo(bad);

        assertThat(quarantined().reason()).contains("com.acme.Sync needs org.lib.Client");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.requartz.run.Priority",
                "com.zaxxer.hikari.HikariConfig",
                "com.fasterxml.jackson.databind.ObjectMapper"
            })
    void aJobThatReachesForThePlatformsOwnClasses(String forbidden) throws IOException {
        aJar().with(
                        "com.acme.Nosy",
                        "package com.acme; public class Nosy implements org.quartz.Job {"
                                + " public void execute(org.quartz.JobExecutionContext c) { System.out.println(%s.class); } }"
                                        .formatted(forbidden))
                .writeTo(bad);

        assertThat(quarantined().reason()).contains("com.acme.Nosy needs " + forbidden);
    }

    @Test
    void aJobThatKeepsStateInItsJobData() throws IOException {
        aJar().withJob("Stateful", "@org.quartz.PersistJobDataAfterExecution").writeTo(bad);

        Quarantined entry = quarantined();

        assertThat(entry.reason()).contains("@PersistJobDataAfterExecution");
        assertThat(entry.hint()).contains("state");
    }

    @Test
    void aClassThatIsNoClass() throws IOException {
        aJar().withEntry("com/acme/Broken.class", "not a class").writeTo(bad);

        assertThat(quarantined().reason()).contains("com/acme/Broken.class is not a class file");
    }

    @Test
    void aJarWith30000Entries() throws IOException {
        try (OutputStream out = Files.newOutputStream(bad);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < 30_000; i++) {
                zip.putNextEntry(new ZipEntry("f" + i));
            }
        }

        assertThat(quarantined().reason()).contains("30000 entries").contains("20000");
    }

    @Test
    void aZipBomb() throws IOException {
        aJarWithJob("Bomb").withEntry("zeros", new byte[9 << 20]).writeTo(bad);

        PluginLimits limits = new PluginLimits(1 << 20, 100, 8 << 20);

        assertThat(quarantined(limits).reason()).contains("unpacked it is larger than 8 MiB");
    }

    @Test
    void aFileThatIsTooLarge() throws IOException {
        Files.write(bad, new byte[(1 << 20) + 1]);

        PluginLimits limits = new PluginLimits(1 << 20, 100, 8 << 20);

        assertThat(quarantined(limits).reason()).contains("larger than 1 MiB");
    }

    @Test
    void aLinkThatLeadsOutOfTheDirectory() throws IOException {
        Path outside = aJarWithJob("Outside").writeTo(temp.resolve("outside.jar"));
        Files.createSymbolicLink(bad, outside);

        assertThat(quarantined().reason()).contains("outside the plugin directory");
    }

    @Test
    void aLinkToNothing() throws IOException {
        Files.createSymbolicLink(bad, directory.resolve("gone.jar"));

        assertThat(quarantined().reason()).contains("link to nothing");
    }

    @Test
    void aDirectoryThatIsCalledLikeAJar() throws IOException {
        Files.createDirectory(bad);

        assertThat(quarantined().reason()).contains("not a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:/opt/lib/x.jar", "../outside.jar", "/opt/x.jar", "https://example.com/x.jar"})
    void aManifestThatReachesOutOfTheJar(String classPath) throws IOException {
        aJarWithJob("Reaching")
                .withEntry("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nClass-Path: " + classPath + "\n\n")
                .writeTo(bad);

        assertThat(quarantined().reason()).contains("Class-Path").contains(classPath);
    }

    @Test
    void aDescriptorThatNamesAClassThatIsNotThere() throws IOException {
        aJarWithJob("Sync")
                .withEntry(PluginDescriptor.ENTRY, "jobs = com.acme.Synk")
                .writeTo(bad);

        assertThat(quarantined().reason()).contains("com.acme.Synk").contains("not in the jar");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "value = \"no spaces allowed\"",
                "timeLimit = \"soon\"",
                "timeLimit = \"0s\"",
                "payloadSchema = \"absent.json\"",
                "payloadSchema = \"schema.json\"",
                "retry = @io.requartz.api.Retry(backoff = \"exponental\")",
                "retry = @io.requartz.api.Retry(maxAttempts = -3)"
            })
    void anAnnotationThatMakesNoSense(String annotation) throws IOException {
        aJar().withJob("Sync", "@io.requartz.api.JobType(" + annotation + ")")
                .withEntry("schema.json", "{\"type\": \"strnig\"}")
                .writeTo(bad);

        assertThat(quarantined().reason()).contains("com.acme.Sync");
    }

    @Test
    void namesFromTheJarCannotForgeLinesOfTheLog() throws IOException {
        aJarWithJob("Sync")
                .withEntry(PluginDescriptor.ENTRY, "jobs = com.acme.X\\nWARN everything is fine\\u202E")
                .writeTo(bad);

        assertThat(quarantined().reason()).doesNotContain("\n").doesNotContain("\u202E");
    }

    @Test
    void aManifestLargerThanAnyManifest() throws IOException {
        aJarWithJob("Sync")
                .withEntry(PluginDescriptor.ENTRY, new byte[(1 << 20) + 1])
                .withEntry("note.txt", "x".getBytes(StandardCharsets.UTF_8))
                .writeTo(bad);

        assertThat(quarantined().reason()).contains("larger than 1 MiB");
    }
}
