package io.requartz.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.requartz.definition.DefinitionKind;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.scope.ScopeFormat;
import io.requartz.scope.Standing;
import io.requartz.scope.Stands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScopeSettingsTest {

    @TempDir
    private Path home;

    private RequartzConfig load(String text) throws IOException {
        Path file = home.resolve("requartz.yaml");
        Files.writeString(file, text);
        return ConfigLoader.load(List.of(file), Map.of("HOSTNAME", "box", "REQUARTZ_HOME", home.toString()), List.of());
    }

    @Test
    void scopesAreDefinedAndTypesStandInThem() throws IOException {
        RequartzConfig config = load("""
                scopes:
                  sync:
                    dimensions: [restaurant_id, platform]
                    label: "{restaurant_name} on {platform}"
                    disable-after: 5
                types:
                  hourly: {scope: sync}
                  daily: {scope: sync, stands: probe}
                """);

        assertThat(ScopeFormat.parse(
                                "sync",
                                config.definitions().of(DefinitionKind.SCOPE).get("sync"))
                        .disableAfter())
                .isEqualTo(5);
        assertThat(config.configured(type("hourly")).standing()).isEqualTo(new Standing("sync", Stands.GATED));
        assertThat(config.configured(type("daily")).standing()).isEqualTo(new Standing("sync", Stands.PROBE));
        assertThat(config.configured(type("other")).standing()).isNull();
    }

    private static JobTypeDefinition type(String name) {
        return new JobTypeDefinition(
                name, "shops", name, "", "a.B", JsonNodeFactory.instance.objectNode(), null, null, false);
    }

    @Test
    void mistakesAreToldWithTheirPlace() {
        assertThatThrownBy(() -> load("""
                        scopes:
                          sync:
                            dimensions: restaurant_id
                            disable-after: none
                            log: {faild: x}
                          "b a d": {dimensions: [a]}
                        types:
                          hourly: {scope: snyc}
                          daily: {stands: probe}
                          weekly: {scope: sync, stands: open}
                        """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("requartz.yaml:3:")
                .hasMessageContaining("scopes.sync: dimensions: \"restaurant_id\" came; expected a list")
                .hasMessageContaining("disable-after: \"none\" came; expected a whole number")
                .hasMessageContaining("log.faild: there is no such key; expected one of failed")
                .hasMessageContaining("a scope is named as a job type")
                .hasMessageContaining("types.hourly.scope: there is no scope 'snyc'; did you mean 'sync'?")
                .hasMessageContaining("types.daily.stands says how the type stands in its scope, and no scope is named")
                .hasMessageContaining("types.weekly.stands is 'open'; expected gated or probe");
    }
}
