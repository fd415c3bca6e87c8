package io.requartz.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.definition.DefinitionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleSettingsTest {

    private static final Map<String, String> NO_ENVIRONMENT = Map.of("HOSTNAME", "box");

    @TempDir
    Path home;

    private RequartzConfig load(String yaml, String... options) throws IOException {
        Path file = Files.writeString(home.resolve("requartz.yaml"), yaml);
        return ConfigLoader.load(List.of(file), NO_ENVIRONMENT, List.of(options));
    }

    @Test
    void schedulesBecomeDefinitionsOfTheNode() throws IOException {
        RequartzConfig config = load("""
                schedules:
                  hourly:
                    type: sync
                    cron: 0 0 * * * ?
                    zone: Europe/Paris
                    misfire_after: 2m
                    payload: {batch_size: 20}
                    matrix: {shop: [1, 2]}
                """);

        Map<String, JsonNode> schedules = config.definitions().of(DefinitionKind.SCHEDULE);
        assertThat(schedules).containsOnlyKeys("hourly");
        assertThat(schedules.get("hourly").path("cron").asText()).isEqualTo("0 0 * * * ?");
        assertThat(schedules.get("hourly").path("misfire-after").asText()).isEqualTo("2m");
        assertThat(schedules.get("hourly").at("/matrix/shop/1").asInt()).isEqualTo(2);
    }

    @Test
    void anOptionChangesOneKey() throws IOException {
        RequartzConfig config = load("schedules:\n  hourly: {type: sync, every: 1h}\n", "schedules.hourly.every=10s");

        assertThat(config.definitions()
                        .of(DefinitionKind.SCHEDULE)
                        .get("hourly")
                        .path("every")
                        .asText())
                .isEqualTo("10s");
    }

    @Test
    void allMistakesAreToldWithTheirPlace() {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> load("""
                        schedules:
                          hourly:
                            type: sync
                            cron: 0 0 0 30 2 ?
                            zone: Europe/Pariss
                            calendar:
                              exclude-days: [caturday]
                          "no good":
                            type: sync
                            every: 1h
                        """));

        assertThat(refused.errors())
                .anySatisfy(error -> assertThat(error).contains("yaml:4:").contains("never fires"))
                .anySatisfy(error -> assertThat(error).contains("yaml:5:").contains("did you mean 'Europe/Paris'?"))
                .anySatisfy(error -> assertThat(error).contains("yaml:7:").contains("did you mean 'saturday'?"))
                .anySatisfy(error -> assertThat(error).contains("yaml:8:").contains("'no good' cannot be a schedule"));
    }
}
