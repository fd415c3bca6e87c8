package io.requartz.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.requartz.definition.DefinitionKind;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.retry.RetryPolicy;
import io.requartz.retry.RetryPolicyFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrySettingsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> NO_ENVIRONMENT = Map.of("HOSTNAME", "box");

    @TempDir
    Path home;

    @Test
    void theFileTheEnvironmentAndOptionsChangeSingleKeysOfThePolicy() throws IOException {
        Path file = write("retry:\n  max-attempts: 7\n  max-delay: 2m\n");
        Map<String, String> environment = Map.of("HOSTNAME", "box", "REQUARTZ_RETRY_MAX_DELAY", "3m");

        RetryPolicy policy = ConfigLoader.load(
                        List.of(file), environment, List.of("retry.backoff={fixed: {delay: 2s}}"))
                .retry();

        assertThat(policy)
                .isEqualTo(parsed(
                        "{\"max-attempts\": 7, \"max-delay\": \"3m\", \"backoff\": {\"fixed\": {\"delay\": \"2s\"}}}"));
    }

    @Test
    void aTypesSettingsLieOverThoseOfItsPlugin() throws IOException {
        Path file = write("""
                types:
                  sync:
                    title: Sync of shops
                    time-limit: 30s
                    retry: {max-attempts: 2}
                """);
        JsonNode ofPlugin = JSON.readTree("{\"max-delay\": \"5m\", \"max-attempts\": 9}");
        JobTypeDefinition type =
                new JobTypeDefinition("sync", "shops", "Sync", "Brings shops over", "a.B", ofPlugin, null, null, true);

        RequartzConfig config = ConfigLoader.load(List.of(file), NO_ENVIRONMENT, List.of());

        JobTypeDefinition configured = config.configured(type);

        assertThat(configured.title()).isEqualTo("Sync of shops");
        assertThat(configured.description()).isEqualTo("Brings shops over");
        assertThat(configured.timeLimit()).isEqualTo(Duration.ofSeconds(30));
        assertThat(configured.retry()).isEqualTo(ofPlugin);
        assertThat(configured.exclusive()).isTrue();
        assertThat(config.defined().of(DefinitionKind.POLICY).get("type:sync")).hasToString("{\"max-attempts\":2}");
    }

    @Test
    void aTypeThatIsNotNamedStaysAsItIs() {
        JobTypeDefinition type =
                new JobTypeDefinition("sync", "shops", "Sync", "", "a.B", JSON.createObjectNode(), null, null, false);

        assertThat(RequartzConfig.of("box", home).configured(type)).isSameAs(type);
    }

    @Test
    void aTimeLimitOfNoneTakesThePluginsAway() throws IOException {
        Path file = write("types: {sync: {time-limit: none}}\n");
        JobTypeDefinition type = new JobTypeDefinition(
                "sync", "shops", "Sync", "", "a.B", JSON.createObjectNode(), Duration.ofSeconds(5), null, false);

        assertThat(ConfigLoader.load(List.of(file), NO_ENVIRONMENT, List.of())
                        .configured(type)
                        .timeLimit())
                .isNull();
    }

    @Test
    void mistakesInPoliciesAreToldWithTheirPlace() throws IOException {
        Path file = write("""
                retry:
                  max-atempts: 3
                types:
                  sync:
                    retry:
                      max-delay: long
                """);

        ConfigException thrown = catchThrowableOfType(
                ConfigException.class, () -> ConfigLoader.load(List.of(file), NO_ENVIRONMENT, List.of()));

        assertThat(thrown.errors()).hasSize(2);
        assertThat(thrown.errors().get(0))
                .startsWith(file + ":2:3: ")
                .contains("max-atempts")
                .contains("max-attempts");
        assertThat(thrown.errors().get(1))
                .startsWith(file + ":6:7: ")
                .contains("max-delay")
                .contains("long");
    }

    private static RetryPolicy parsed(String json) throws IOException {
        return RetryPolicyFormat.parse(JSON.readTree(json), RetryPolicy.DEFAULT);
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(home.resolve("requartz.yaml"), yaml);
    }
}
