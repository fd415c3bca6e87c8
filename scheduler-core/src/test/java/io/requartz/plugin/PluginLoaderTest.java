package io.requartz.plugin;

import static io.requartz.plugin.PluginJarBuilder.aJar;
import static io.requartz.plugin.PluginJarBuilder.aJarWithJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.requartz.retry.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Job;

class PluginLoaderTest {

    @TempDir
    private Path temp;

    private Path directory;
    private Path workspaces;
    private final List<Plugins> opened = new ArrayList<>();

    @BeforeEach
    void directories() throws IOException {
        directory = Files.createDirectory(temp.resolve("plugins"));
        workspaces = Files.createDirectory(temp.resolve("work"));
    }

    @AfterEach
    void close() {
        opened.forEach(Plugins::close);
    }

    private Plugins load() {
        Plugins plugins = new PluginLoader(
                        directory, RetryPolicy.DEFAULT, definition -> definition, PluginLimits.DEFAULT, workspaces)
                .load();
        opened.add(plugins);
        return plugins;
    }

    private static List<String> names(Plugins plugins) {
        return plugins.all().stream().map(each -> each.definition().name()).toList();
    }

    private JobTypeDefinition onlyDefinition() {
        Plugins plugins = load();
        assertThat(plugins.quarantined()).isEmpty();
        assertThat(plugins.all()).hasSize(1);
        return plugins.all().iterator().next().definition();
    }

    @Test
    void aPluginMayBringSchedules() throws IOException {
        aJarWithJob("Sync")
                .withEntry(PluginSchedules.ENTRY, "{\"nightly\": {\"type\": \"sync\", \"every\": \"1d\"}}")
                .writeTo(directory.resolve("a.jar"));
        aJarWithJob("Other").withEntry(PluginSchedules.ENTRY, "{nightly").writeTo(directory.resolve("b.jar"));

        Plugins plugins = load();

        assertThat(plugins.quarantined()).isEmpty();
        assertThat(plugins.plugins().get(0).schedules()).containsOnlyKeys("nightly");
        assertThat(plugins.plugins().get(1).schedules()).isEmpty();
        assertThat(plugins.plugins().get(1).warnings())
                .anySatisfy(warning ->
                        assertThat(warning).contains(PluginSchedules.ENTRY).contains("not JSON"));
    }

    @Test
    void aMissingDirectoryHoldsNoPlugins() {
        try (Plugins plugins = new PluginLoader(temp.resolve("absent"), definition -> definition).load()) {
            assertThat(plugins.all()).isEmpty();
            assertThat(plugins.quarantined()).isEmpty();
        }
    }

    @Test
    void aPlainJobClassIsATypeNamedAfterIt() throws IOException {
        aJarWithJob("SyncShops").writeTo(directory.resolve("acme-sync-1.4.2-SNAPSHOT.jar"));

        JobTypeDefinition definition = onlyDefinition();

        assertThat(definition.name()).isEqualTo("sync_shops");
        assertThat(definition.plugin()).isEqualTo("acme-sync");
        assertThat(definition.jobClass()).isEqualTo("com.acme.SyncShops");
        assertThat(definition.retry().isEmpty()).isTrue();
        assertThat(definition.timeLimit()).isNull();
        assertThat(definition.exclusive()).isFalse();
    }

    @Test
    void theAnnotationGivesNameTextsPolicyTimeLimitAndSchema() throws IOException {
        aJar().withJob("Sync", """
                        @org.quartz.DisallowConcurrentExecution
                        @io.requartz.api.JobType(value = "menu-sync", title = "Menu sync", description = "Copies menus.",
                            timeLimit = "15m", payloadSchema = "menu.json",
                            retry = @io.requartz.api.Retry(maxAttempts = 9, backoff = "linear", base = "7s", neverOn = "timeout"))
                        """)
                .withEntry("menu.json", "{\"type\": \"object\", \"required\": [\"shop\"]}")
                .writeTo(directory.resolve("menus.jar"));

        JobTypeDefinition definition = onlyDefinition();

        assertThat(definition.name()).isEqualTo("menu-sync");
        assertThat(definition.title()).isEqualTo("Menu sync");
        assertThat(definition.description()).isEqualTo("Copies menus.");
        assertThat(definition.timeLimit()).isEqualTo(Duration.ofMinutes(15));
        assertThat(definition.exclusive()).isTrue();
        assertThat(definition.retry().toString())
                .isEqualTo("{\"max-attempts\":9,\"backoff\":{\"linear\":\"7s\"},\"never-on\":[\"timeout\"]}");
        assertThat(PayloadSchema.compile(definition.payloadSchema()).violations("{}"))
                .hasSize(1);
    }

    @Test
    void configurationHasTheLastWord() throws IOException {
        aJarWithJob("Sync").writeTo(directory.resolve("a.jar"));

        Plugins plugins = new PluginLoader(
                        directory,
                        found -> new JobTypeDefinition(
                                found.name(),
                                found.plugin(),
                                "From configuration",
                                found.description(),
                                found.jobClass(),
                                found.retry(),
                                found.timeLimit(),
                                found.payloadSchema(),
                                found.exclusive()))
                .load();
        opened.add(plugins);

        assertThat(plugins.find("sync").orElseThrow().definition().title()).isEqualTo("From configuration");
    }

    @Test
    void configurationThatFailsQuarantinesTheType() throws IOException {
        aJarWithJob("Sync").writeTo(directory.resolve("a.jar"));

        Plugins plugins = new PluginLoader(directory, found -> {
                    throw new IllegalStateException("retry.base is negative");
                })
                .load();
        opened.add(plugins);

        assertThat(plugins.quarantined()).singleElement().satisfies(it -> {
            assertThat(it.reason()).contains("sync").contains("retry.base is negative");
            assertThat(it.hint()).contains("types.sync");
        });
    }

    @Test
    void theDescriptorNamesPluginVersionAndJobs() throws IOException {
        aJarWithJob("Sync")
                .withJob("Other", "")
                .withEntry(
                        PluginDescriptor.ENTRY,
                        "name = acme\nversion = 3.1\njobs = first=com.acme.Sync\ncolour = red\n")
                .writeTo(directory.resolve("whatever.jar"));

        Plugins plugins = load();

        assertThat(names(plugins)).containsExactly("first");
        assertThat(plugins.plugins()).singleElement().satisfies(it -> {
            assertThat(it.name()).isEqualTo("acme");
            assertThat(it.version()).isEqualTo("3.1");
            assertThat(it.sha256()).matches("[0-9a-f]{64}");
            assertThat(it.warnings()).singleElement().asString().contains("colour");
        });
    }

    @Test
    void aJobThatInheritsFromItsOwnBaseClassIsFound() throws IOException {
        aJar().with(
                        "com.acme.Base",
                        "package com.acme; public abstract class Base implements org.quartz.InterruptableJob {"
                                + " public void interrupt() {} }")
                .with(
                        "com.acme.Real",
                        "package com.acme; public class Real extends Base {"
                                + " public void execute(org.quartz.JobExecutionContext c) {} }")
                .writeTo(directory.resolve("a.jar"));

        assertThat(names(load())).containsExactly("real");
    }

    @Test
    void oneBadClassIsLeftOutAndTheOthersLoad() throws IOException {
        aJarWithJob("Good")
                .withJob("Stateful", "@org.quartz.PersistJobDataAfterExecution")
                .with(
                        "com.acme.NeedsArgument",
                        "package com.acme; public class NeedsArgument implements org.quartz.Job {"
                                + " public NeedsArgument(String a) {} public void execute(org.quartz.JobExecutionContext c) {} }")
                .writeTo(directory.resolve("mixed.jar"));

        Plugins plugins = load();

        assertThat(names(plugins)).containsExactly("good");
        assertThat(plugins.plugins().get(0).warnings())
                .anySatisfy(it -> assertThat(it).contains("@PersistJobDataAfterExecution"))
                .anySatisfy(it -> assertThat(it).contains("NeedsArgument").contains("constructor"))
                .hasSize(2);
    }

    @Test
    void quartzJobsInAJarAreTypesOnlyIfNamedAndTheDangerousNever() throws IOException {
        String source = "package org.quartz.jobs%s; public class %s implements org.quartz.Job {"
                + " public void execute(org.quartz.JobExecutionContext c) {} }";
        aJar().with("org.quartz.jobs.NothingJob", source.formatted("", "NothingJob"))
                .with("org.quartz.jobs.ee.jms.SendQueueMessageJob", source.formatted(".ee.jms", "SendQueueMessageJob"))
                .withEntry(
                        PluginDescriptor.ENTRY,
                        "jobs = nothing=org.quartz.jobs.NothingJob, jms=org.quartz.jobs.ee.jms.SendQueueMessageJob")
                .writeTo(directory.resolve("quartz.jar"));

        Plugins plugins = load();

        assertThat(names(plugins)).containsExactly("nothing");
        assertThat(plugins.find("nothing").orElseThrow().classLoader()).isInstanceOf(PluginClassLoader.class);
        assertThat(plugins.plugins().get(0).warnings())
                .singleElement()
                .asString()
                .contains("never a job type");
    }

    @Test
    void aStaticInitializerRunsWithTheFirstJobAndItsFailureIsThatJobs() throws IOException {
        aJar().with("com.acme.Explodes", """
                        package com.acme;
                        public class Explodes implements org.quartz.Job {
                            static { if (true) throw new IllegalStateException("boom"); }
                            public void execute(org.quartz.JobExecutionContext c) {}
                        }
                        """).writeTo(directory.resolve("a.jar"));

        Plugins plugins = load();

        LoadedJobType type = plugins.find("explodes").orElseThrow();
        assertThatThrownBy(type::newJob)
                .isInstanceOf(ExceptionInInitializerError.class)
                .hasRootCauseMessage("boom");
    }

    @Test
    void whatTheConstructorThrowsComesOutAsItIs() throws IOException {
        aJar().with("com.acme.Refuses", """
                        package com.acme;
                        public class Refuses implements org.quartz.Job {
                            public Refuses() throws java.io.IOException { throw new java.io.IOException("no disk"); }
                            public void execute(org.quartz.JobExecutionContext c) {}
                        }
                        """).writeTo(directory.resolve("a.jar"));

        LoadedJobType type = load().find("refuses").orElseThrow();

        assertThatThrownBy(type::newJob).isInstanceOf(IOException.class).hasMessage("no disk");
    }

    @Test
    void replacingAJarWhileItIsUsedChangesNothing() throws Exception {
        Path jar = aJar().with("com.acme.Later", "package com.acme; public class Later { }")
                .with("com.acme.Sync", """
                        package com.acme;
                        public class Sync implements org.quartz.Job {
                            public void execute(org.quartz.JobExecutionContext c) { new Later(); }
                        }
                        """)
                .writeTo(directory.resolve("a.jar"));
        LoadedJobType type = load().find("sync").orElseThrow();

        Files.writeString(jar, "overwritten in place");
        Job job = type.newJob();
        job.execute(null);

        assertThat(job.getClass().getName()).isEqualTo("com.acme.Sync");
        assertThat(type.classLoader().getResource("com/acme/Later.class")).isNotNull();
    }

    @Test
    void closingDeletesThePrivateCopies() throws IOException {
        aJarWithJob("Sync").writeTo(directory.resolve("a.jar"));
        Plugins plugins = load();
        assertThat(workspaces).isNotEmptyDirectory();

        plugins.close();
        plugins.close();

        assertThat(workspaces).isEmptyDirectory();
    }

    @Test
    void copiesThatAKilledProcessLeftAreSweptAndThoseOfLiveNodesStay() throws IOException {
        Path abandoned = Files.createDirectory(workspaces.resolve("requartz-plugins-4711-1-x"));
        Files.createFile(abandoned.resolve("in-use.lock"));
        aJarWithJob("Sync").writeTo(directory.resolve("a.jar"));

        load();
        load();

        assertThat(abandoned).doesNotExist();
        try (Stream<Path> left = Files.list(workspaces)) {
            assertThat(left).hasSize(2);
        }
    }

    @Test
    void pluginsThatOfferTheSameNameAreTakenInTheOrderOfTheirFiles() throws IOException {
        aJarWithJob("Sync").writeTo(directory.resolve("b-two.jar"));
        aJarWithJob("Sync").withJob("More", "").writeTo(directory.resolve("a-one.jar"));
        aJarWithJob("SYNC").writeTo(directory.resolve("c-three.jar"));

        Plugins plugins = load();

        assertThat(names(plugins)).containsExactlyInAnyOrder("sync", "more");
        assertThat(plugins.find("sync").orElseThrow().definition().plugin()).isEqualTo("a-one");
        assertThat(plugins.quarantined()).extracting(Quarantined::jar).containsExactly("b-two.jar", "c-three.jar");
        assertThat(plugins.quarantined().get(0).reason()).contains("sync").contains("a-one.jar");
    }

    @Test
    void twoVersionsOfOnePluginAreToldApart() throws IOException {
        aJarWithJob("Sync").writeTo(directory.resolve("acme-1.0.jar"));
        aJarWithJob("Sync").writeTo(directory.resolve("acme-1.1.jar"));

        assertThat(load().quarantined())
                .singleElement()
                .satisfies(it -> assertThat(it.hint()).contains("two versions of one plugin"));
    }

    @Test
    void typesOfTheApplicationComeFirst() throws IOException {
        aJarWithJob("EmbeddedJob").writeTo(directory.resolve("a.jar"));

        Plugins plugins =
                Plugins.builder().add(EmbeddedJob.class).directory(directory).build();
        opened.add(plugins);

        assertThat(plugins.find("embedded_job").orElseThrow().definition().plugin())
                .isEqualTo(Plugins.APPLICATION);
        assertThat(plugins.quarantined()).extracting(Quarantined::jar).containsExactly("a.jar");
    }

    @Test
    void anApplicationsClassThatCannotBeAJobIsTheProgrammersError() {
        Plugins.Builder builder = Plugins.builder().add(JobWithoutConstructor.class);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no public constructor");
    }

    public static class EmbeddedJob implements Job {
        @Override
        public void execute(org.quartz.JobExecutionContext context) {}
    }

    public static class JobWithoutConstructor implements Job {
        JobWithoutConstructor() {}

        @Override
        public void execute(org.quartz.JobExecutionContext context) {}
    }
}
