package io.requartz.quartz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.JobDataMap;

class PayloadDataMapTest {

    @Test
    void topLevelFieldsAreJobData() {
        JobDataMap data = PayloadDataMap.of(
                "{\"a\": \"x\", \"n\": 7, \"big\": 5000000000, \"d\": 1.5, \"on\": true, \"none\": null,"
                        + " \"list\": [1, \"y\"], \"map\": {\"k\": 1}}");

        assertThat(data.getString("a")).isEqualTo("x");
        assertThat(data.getInt("n")).isEqualTo(7);
        assertThat(data.getLong("big")).isEqualTo(5_000_000_000L);
        assertThat(data.getDouble("d")).isEqualTo(1.5);
        assertThat(data.getBoolean("on")).isTrue();
        assertThat(data).containsEntry("none", null);
        assertThat(data.get("list")).isEqualTo(List.of(1, "y"));
        assertThat(data.get("map")).isEqualTo(Map.of("k", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "{"})
    void anythingButAnObjectIsRefused(String payload) {
        assertThatThrownBy(() -> PayloadDataMap.of(payload))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a payload is a JSON object");
    }
}
