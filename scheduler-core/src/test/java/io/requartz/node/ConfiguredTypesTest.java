package io.requartz.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.requartz.api.JobType;
import io.requartz.config.ConfigLoader;
import io.requartz.config.RequartzConfig;
import io.requartz.plugin.LoadedJobType;
import io.requartz.plugin.Plugins;
import io.requartz.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

class ConfiguredTypesTest {

    @TempDir
    private Path home;

    /** Has settings that it describes. */
    @JobType(
            value = "caller",
            title = "Caller",
            timeLimit = "5s",
            payloadSchema = "io/requartz/node/caller-payload.json",
            settingsSchema = "io/requartz/node/caller-settings.json")
    public static class CallerJob implements Job {
        @Override
        public void execute(JobExecutionContext context) {}
    }

    private ConfiguredTypes types(String yaml) throws IOException {
        Path file = home.resolve("requartz.yaml");
        Files.writeString(file, yaml);
        RequartzConfig config = ConfigLoader.load(List.of(file), Map.of("HOSTNAME", "box"), List.of());
        return ConfiguredTypes.of(Plugins.builder().add(CallerJob.class).build(), config);
    }

    @Test
    void aTypeOfTheConfigurationRunsAPluginsJobUnderItsOwnName() throws Exception {
        ConfiguredTypes types = types("""
                scopes: {shops: {dimensions: [shop]}}
                types:
                  call_shop: {job: caller, title: Call a shop, settings: {address: here}, scope: shops}
                """);

        LoadedJobType made = types.find("call_shop").orElseThrow();
        assertThat(made.newJob()).isInstanceOf(CallerJob.class);
        assertThat(made.settings()).isEqualTo("{\"address\":\"here\"}");
        assertThat(made.definition().title()).isEqualTo("Call a shop");
        assertThat(made.definition().timeLimit()).hasSeconds(5);
        assertThat(made.definition().standing().scope()).isEqualTo("shops");
        assertThat(types.find("caller").orElseThrow().settings()).isNull();
    }

    @Test
    void settingsSayWhatARunIsUnlessASchemaSaysIt() throws Exception {
        ConfiguredTypes types = types("""
                types:
                  plain: {job: caller}
                  set: {job: caller, settings: {address: here}}
                  told: {job: caller, settings: {address: here}, payload-schema: {required: [shop]}}
                """);

        assertThat(types.find("plain").orElseThrow().definition().payloadSchema())
                .contains("number");
        assertThat(types.find("plain").orElseThrow().definition().title()).isEqualTo("plain");
        assertThat(types.find("set").orElseThrow().definition().payloadSchema()).isNull();
        assertThat(types.find("told").orElseThrow().definition().payloadSchema())
                .isEqualTo("{\"required\":[\"shop\"]}");
    }

    @Test
    void aPluginsOwnTypeMayHaveSettingsToo() throws Exception {
        LoadedJobType caller = types("types: {caller: {settings: {address: here}}}")
                .find("caller")
                .orElseThrow();

        assertThat(caller.settings()).isEqualTo("{\"address\":\"here\"}");
        assertThat(caller.definition().payloadSchema()).contains("number");
    }

    @Test
    void aJobThatNoPluginHasIsLeftOut() throws Exception {
        ConfiguredTypes types = types("types: {lost: {job: calller}}");

        assertThat(types.find("lost")).isEmpty();
        assertThat(types.all()).hasSize(1);
    }

    @Test
    void settingsThatTheJobDoesNotTakeStopTheStart() {
        assertThatThrownBy(() -> types("types: {call_shop: {job: caller, settings: {adress: s3cret}}}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("types.call_shop.settings are not what caller takes")
                .hasMessageContaining("address")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aNameThatAPluginHasIsTaken() {
        assertThatThrownBy(() -> types("types: {caller: {job: other}}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("caller is a job type of the plugin application already");
    }
}
