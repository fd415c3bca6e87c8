package io.requartz.plugin;

import static io.requartz.plugin.PluginJarBuilder.aJar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginClassLoaderTest {

    @TempDir
    private Path temp;

    private PluginClassLoader over(PluginJarBuilder jar) throws IOException {
        Path file = jar.writeTo(temp.resolve("plugin.jar"));
        return new PluginClassLoader("test", file.toUri().toURL(), getClass().getClassLoader());
    }

    private static PluginJarBuilder aJarWithItsOwn(String packageName, String simpleName) {
        return aJar().with(
                        packageName + "." + simpleName,
                        "package " + packageName + "; public class " + simpleName + " {}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.quartz.Job", "io.requartz.api.RunContext", "org.slf4j.Logger"})
    void whatIsSharedIsThePlatforms(String name) throws Exception {
        try (PluginClassLoader loader = over(aJar().withEntry("x", "y"))) {
            assertThat(loader.loadClass(name)).isSameAs(Class.forName(name));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.requartz.run.Run",
                "io.requartz.plugin.PluginLoader",
                "io.requartz.testing.JobTester",
                "com.zaxxer.hikari.HikariDataSource",
                "com.fasterxml.jackson.databind.ObjectMapper",
                "org.h2.Driver"
            })
    void nothingElseOfThePlatformIsVisible(String name) throws IOException {
        try (PluginClassLoader loader = over(aJar().withEntry("x", "y"))) {
            assertThatThrownBy(() -> loader.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
            assertThat(loader.getResource(name.replace('.', '/') + ".class")).isNull();
        }
    }

    @Test
    void theJdksModulesAreVisible() throws Exception {
        try (PluginClassLoader loader = over(aJar().withEntry("x", "y"))) {
            assertThat(loader.loadClass("java.sql.Connection")).isSameAs(java.sql.Connection.class);
            assertThat(loader.loadClass("java.net.http.HttpClient").getName()).isEqualTo("java.net.http.HttpClient");
        }
    }

    @Test
    void aPluginsOwnVersionOfALibraryIsTakenFromItsJar() throws Exception {
        try (PluginClassLoader loader = over(aJarWithItsOwn("com.fasterxml.jackson.databind", "ObjectMapper"))) {
            Class<?> own = loader.loadClass("com.fasterxml.jackson.databind.ObjectMapper");

            assertThat(own.getClassLoader()).isSameAs(loader);
        }
    }

    @Test
    void aPluginCannotReplaceTheApi() throws Exception {
        try (PluginClassLoader loader = over(aJarWithItsOwn("io.requartz.api", "Forged"))) {
            assertThatThrownBy(() -> loader.loadClass("io.requartz.api.Forged"))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void quartzClassesThatThePlatformLacksComeFromTheJar() throws Exception {
        try (PluginClassLoader loader = over(aJarWithItsOwn("org.quartz.jobs", "Extra"))) {
            assertThat(loader.loadClass("org.quartz.jobs.Extra").getClassLoader())
                    .isSameAs(loader);
            assertThat(loader.loadClass("org.quartz.jobs.FileScanListener").getClassLoader())
                    .isSameAs(org.quartz.Job.class.getClassLoader());
        }
    }

    @Test
    void resourcesAreTheJarsOwn() throws Exception {
        try (PluginClassLoader loader =
                over(aJar().withEntry("logback-test.xml", "<mine/>").withEntry("a.txt", "a"))) {
            assertThat(loader.getResource("a.txt")).isNotNull();
            assertThat(Collections.list(loader.getResources("logback-test.xml")))
                    .hasSize(1);
        }
    }
}
