package io.requartz.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.DefinitionSet;
import io.requartz.plugin.LoadedPlugin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BroughtSchedulesTest {

    private static JsonNode json(String text) throws JsonProcessingException {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void configurationReplacesAScheduleOfAPluginAndWhatMakesNoSenseIsLeftOut() throws Exception {
        JsonNode configured = json("{'type': 'sync', 'every': '1h'}");
        LoadedPlugin plugin = new LoadedPlugin(
                "shops",
                "1",
                "shops.jar",
                "",
                List.of("sync"),
                Map.of(
                        "hourly", json("{'type': 'sync', 'every': '2h'}"),
                        "nightly", json("{'type': 'sync', 'cron': '0 0 2 * * ?', 'misfire_after': '5m'}"),
                        "broken", json("{'type': 'sync', 'cron': '0 0 0 30 2 ?'}"),
                        "no good", json("{'type': 'sync', 'every': '2h'}")),
                List.of());

        Map<String, JsonNode> all = BroughtSchedules.under(
                        DefinitionSet.EMPTY.with(DefinitionKind.SCHEDULE, "hourly", configured), List.of(plugin))
                .of(DefinitionKind.SCHEDULE);

        assertThat(all)
                .containsOnlyKeys("hourly", "nightly")
                .containsEntry("hourly", configured)
                .containsEntry("nightly", json("{'type': 'sync', 'cron': '0 0 2 * * ?', 'misfire-after': '5m'}"));
    }
}
