package io.requartz.admin.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.admin.rest.Json;
import io.requartz.schedule.ScheduleFormat;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a definition to the fields of its form, and back. */
class ScheduleFieldsTest {

    private static final ObjectNode NEW = json("{}");

    private static ObjectNode json(String text) {
        return (ObjectNode) Objects.requireNonNull(Json.stored(text.replace('\'', '"')));
    }

    private static ScheduleFields typed(Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return ScheduleFields.of(Form.parse(body.getBytes(UTF_8)));
    }

    private static ObjectNode definition(ScheduleFields fields, ObjectNode base) {
        Map<String, String> flaws = new HashMap<>();
        ObjectNode definition = fields.definition(base, flaws);
        assertThat(flaws).isEmpty();
        return definition;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'a', 'cron': '0 0 * * * ?'}",
                "{'type': 'a', 'every': '15m', 'start': '2026-01-31T09:00:00Z', 'overlap': 'skip', 'misfire': 'run_once'}",
                "{'type': 'a', 'calendar-interval': '2 weeks', 'start': '2026-01-31T09:00:00', 'zone': 'UTC'}",
                "{'type': 'a', 'every': '1h', 'calendar': {'exclude_days': ['SUNDAY'], 'exclude-hours': ['23:00-05:00']}}",
                "{'type': 'a', 'every': '1h', 'payload': {}, 'matrix': {'shop': [1, '2', true]}, 'paused': false}",
                "{'type': 'a', 'every': '1h', 'tags': ['x', 'a, b'], 'retry': {'max-attempts': 3, 'jitter': 'none'}}",
                "{'type': 'a', 'every': '1h', 'priority': 'highest', 'expire-after': '50m', 'payload': {'a': 1.50}}"
            })
    void whatNobodyTouchedStaysAsItIsWritten(String text) {
        ObjectNode base = json(text);

        assertThat(definition(ScheduleFields.of(base), base)).isEqualTo(base);
    }

    @Test
    void aNewOneHasOnlyWhatWasFilledIn() {
        ScheduleFields fields = typed(Map.of(
                "type",
                "a",
                "timing",
                "cron",
                "cron",
                " 0 0 * * * ? ",
                "zone",
                "UTC",
                "misfire",
                "run once",
                "overlap",
                "skip",
                "priority",
                "normal",
                "tags",
                "x, y,"));

        assertThat(definition(fields, NEW)).isEqualTo(json("{'type': 'a', 'cron': '0 0 * * * ?', 'tags': ['x', 'y']}"));
    }

    @Test
    void anEmptiedFieldTakesItsKeyAway() {
        ObjectNode base =
                json("{'type': 'a', 'every': '1h', 'title': 'A', 'payload': {'a': 1}, 'tags': ['x'], 'paused': true}");
        ScheduleFields fields = typed(Map.of(
                "type",
                "a",
                "timing",
                "every",
                "every",
                "1h",
                "zone",
                "UTC",
                "misfire",
                "run once",
                "overlap",
                "skip",
                "priority",
                "normal"));

        assertThat(definition(fields, base)).isEqualTo(json("{'type': 'a', 'every': '1h', 'paused': false}"));
    }

    @Test
    void theOnlyTimingThatIsFilledInIsMeant() {
        assertThat(typed(Map.of("timing", "cron", "every", "15m")).get("timing"))
                .isEqualTo("every");
        assertThat(typed(Map.of("calendar-interval", "1 day")).get("timing")).isEqualTo("calendar-interval");
        assertThat(typed(Map.of("timing", "cron", "cron", "x", "every", "15m")).get("timing"))
                .isEqualTo("cron");
    }

    @Test
    void aTimingThatIsFilledInBesideTheOneThatStaysIsNotLostSilently() {
        ObjectNode base = json("{'type': 'a', 'cron': '0 0 * * * ?'}");
        Map<String, String> flaws = new HashMap<>();

        typed(Map.of("type", "a", "timing", "cron", "cron", "0 0 * * * ?", "every", "15m"))
                .definition(base, flaws);

        assertThat(flaws).containsOnlyKeys("every");
    }

    @Test
    void aChangedTimingLeavesNothingOfTheOther() {
        ObjectNode base =
                json("{'type': 'a', 'calendar-interval': '1 day', 'start': '2026-01-31T09:00', 'zone': 'Asia/Tokyo'}");
        ScheduleFields fields = typed(Map.of(
                "type",
                "a",
                "timing",
                "cron",
                "cron",
                "0 0 * * * ?",
                "calendar-interval",
                "1 day",
                "start",
                "2026-01-31T09:00",
                "zone",
                "Asia/Tokyo",
                "misfire",
                "run once",
                "overlap",
                "skip",
                "priority",
                "normal"));

        assertThat(definition(fields, base))
                .isEqualTo(json("{'type': 'a', 'cron': '0 0 * * * ?', 'zone': 'Asia/Tokyo'}"));
    }

    @Test
    void onlyTheTimingIsNeededForAPreview() {
        ObjectNode half = json("{'cron': '0 0 * * * ?', 'zone': 'Asia/Tokyo', 'matrix': {'shop': []}}");

        assertThat(ScheduleFormat.parse("half", ScheduleFields.timingOf(half))
                        .timing()
                        .words())
                .contains("Asia/Tokyo");
    }
}
