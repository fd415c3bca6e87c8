package io.requartz.admin.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.console.ScheduleOrigin.Source;
import io.requartz.admin.rest.Json;
import io.requartz.definition.Definition;
import io.requartz.definition.DefinitionKind;
import io.requartz.plugin.LoadedPlugin;
import io.requartz.schedule.ScheduleStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleOriginTest {

    private static final JsonNode HOURLY = Json.stored("{\"type\": \"orders\", \"every\": \"1h\"}");
    private static final JsonNode DAILY = Json.stored("{\"type\": \"orders\", \"every\": \"1d\"}");
    private static final List<LoadedPlugin> PLUGINS = List.of(new LoadedPlugin(
            "shop", "1.0", "shop-1.0.jar", "", List.of("orders"), Map.of("orders-hourly", HOURLY), List.of()));

    private static ScheduleOrigin origin(JsonNode configured, JsonNode live) {
        Definition definition =
                new Definition(DefinitionKind.SCHEDULE, "orders-hourly", configured, live, 1, null, null, false);
        return ScheduleOrigin.of(
                PLUGINS,
                new ScheduleStatus(definition, definition.effective(), null, null, List.of(), List.of(), null, null));
    }

    @Test
    void whatAPluginBringsComesFromIt() {
        ScheduleOrigin origin = origin(HOURLY, null);

        assertThat(origin.source()).isEqualTo(Source.PLUGIN);
        assertThat(origin.words()).isEqualTo("plugin shop");
        assertThat(origin.base()).isEqualTo("the plugin");
    }

    @Test
    void configurationTakesThePlaceOfWhatAPluginBrings() {
        assertThat(origin(DAILY, null).words()).isEqualTo("configuration");
        assertThat(origin(DAILY, null).base()).isEqualTo("configuration");
    }

    @Test
    void aLiveChangeIsTold() {
        assertThat(origin(HOURLY, DAILY).words()).isEqualTo("plugin shop, changed live");
        assertThat(origin(DAILY, HOURLY).words()).isEqualTo("configuration, changed live");
        assertThat(origin(null, DAILY).words()).isEqualTo("made live");
    }
}
