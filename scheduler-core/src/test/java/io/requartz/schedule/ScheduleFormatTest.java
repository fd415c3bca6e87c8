package io.requartz.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.requartz.run.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleFormatTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    private static Schedule read(String text) {
        return ScheduleFormat.parse("hourly", yaml(text));
    }

    @Test
    void readsAWholeSchedule() {
        Schedule schedule = read("""
                type: availability_sync
                title: Hourly availability
                cron: 0 0 * * * ?
                zone: Europe/Paris
                calendar: {exclude-days: [sunday], exclude-dates: [2026-12-24..2027-01-01, 05-01], exclude-hours: ["23:00-05:00"]}
                misfire: run all
                misfire_after: 2m
                overlap: supersede
                payload: {batch_size: 20}
                matrix:
                  restaurant: [{restaurant_id: 1, restaurant_name: Le Bouzou}, {restaurant_id: 2, restaurant_name: Napoli}]
                  platform: [uber_eats, deliveroo]
                priority: high
                tags: [sync]
                expire-after: 50m
                retry: {max-attempts: 3}
                paused: true
                """);

        assertThat(schedule.type()).isEqualTo("availability_sync");
        assertThat(schedule.timing().words()).isEqualTo("every hour Europe/Paris");
        assertThat(schedule.misfire()).isEqualTo(Misfire.RUN_ALL);
        assertThat(schedule.misfireAfter()).isEqualTo(Duration.ofMinutes(2));
        assertThat(schedule.overlap()).isEqualTo(Overlap.SUPERSEDE);
        assertThat(schedule.priority()).isEqualTo(Priority.HIGH);
        assertThat(schedule.tags()).containsExactly("sync");
        assertThat(schedule.expireAfter()).isEqualTo(Duration.ofMinutes(50));
        assertThat(schedule.retry().path("max-attempts").asInt()).isEqualTo(3);
        assertThat(schedule.paused()).isTrue();
        assertThat(schedule.calendar().hours()).hasSize(1);
        assertThat(schedule.cells())
                .extracting(Cell::name)
                .containsExactly(
                        "platform=uber_eats, restaurant_id=1",
                        "platform=uber_eats, restaurant_id=2",
                        "platform=deliveroo, restaurant_id=1",
                        "platform=deliveroo, restaurant_id=2");
        assertThat(schedule.cells().get(0).payload().toString())
                .isEqualTo(
                        "{\"batch_size\":20,\"platform\":\"uber_eats\",\"restaurant_id\":1,\"restaurant_name\":\"Le Bouzou\"}");
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        Schedule schedule = read("{type: sync, every: 15m}");

        assertThat(schedule.timing()).isEqualTo(new Every(Duration.ofMinutes(15), Instant.EPOCH));
        assertThat(schedule.timing().words()).isEqualTo("every 15 minutes");
        assertThat(schedule.zone().getId()).isEqualTo("UTC");
        assertThat(schedule.misfire()).isEqualTo(Misfire.RUN_ONCE);
        assertThat(schedule.overlap()).isEqualTo(Overlap.SKIP);
        assertThat(schedule.cells()).extracting(Cell::name).containsExactly("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{every: 15m}|type|is missing",
                "{type: a}||says no time",
                "{type: a, every: 15m, cron: '0 0 0 * * ?'}||cron and every came",
                "{type: a, cron: '0 0 0 30 2 ?'}|cron|never fires",
                "{type: a, cron: '0 0 0 * * ?', zone: Europe/Pariss}|zone|did you mean 'Europe/Paris'?",
                "{type: a, cron: '0 0 0 * * ?', zone: Mars}|zone|there is no such time zone",
                "{type: a, every: 0s}|every|expected an interval of whole seconds",
                "{type: a, every: 15}|every|expected a text",
                "{type: a, evry: 15m}|evry|did you mean 'every'?",
                "{type: a, every: 15m, misfire: run onec}|misfire|did you mean 'run once'?",
                "{type: a, every: 15m, overlap: both}|overlap|expected skip, allow, supersede",
                "{type: a, calendar-interval: 1 month}|start|is missing",
                "{type: a, calendar-interval: 1 moon, start: '2026-01-01T00:00'}|calendar-interval|expected days, weeks, months or years",
                "{type: a, cron: '0 0 0 * * ?', calendar: {exclude-days: [caturday]}}|calendar.exclude-days|did you mean 'saturday'?",
                "{type: a, cron: '0 0 0 * * ?', calendar: {exclude-dates: [2026-13-01]}}|calendar.exclude-dates|expected a date",
                "{type: a, cron: '0 0 0 * * ?', calendar: {exclude-hours: [night]}}|calendar.exclude-hours|expected hours",
                "{type: a, cron: '0 0 6 * * ?', calendar: {exclude-hours: ['05:00-07:00']}}|calendar|leaves no time",
                "{type: a, every: 1m, payload: [1]}|payload|expected a JSON object",
                "{type: a, every: 1m, matrix: {x: []}}|matrix|has no value",
                "{type: a, every: 1m, matrix: {x: [[1]]}}|matrix|no text, number or boolean",
                "{type: a, every: 1m, matrix: {x: [1, '1']}}|matrix|two cells are called",
                "{type: a, every: 1m, retry: {max-attemps: 3}}|retry.max-attemps|did you mean 'max-attempts'?",
                "{type: 'a b', every: 1m}|type|a job type is named by",
            })
    void saysWhatIsWrongAndWhere(String text, String path, String message) {
        assertThatThrownBy(() -> read(text))
                .asInstanceOf(throwable(ScheduleFormatException.class))
                .satisfies(refused -> assertThat(refused.flaws()).anySatisfy(flaw -> {
                    assertThat(flaw.path()).isEqualTo(path == null ? "" : path);
                    assertThat(flaw.message()).contains(message);
                }));
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() -> read("{cron: x, zone: Mars, overlap: y, tagz: [a]}"))
                .asInstanceOf(throwable(ScheduleFormatException.class))
                .satisfies(refused -> assertThat(refused.flaws())
                        .extracting(ScheduleFormatException.Flaw::path)
                        .contains("cron", "zone", "overlap", "tagz", "type"));
    }

    @Test
    void aMatrixThatExplodesIsRefusedWithTheNumber() {
        String hundred = IntStream.range(0, 100).mapToObj(String::valueOf).collect(Collectors.joining(","));

        assertThatThrownBy(() -> read("{type: a, every: 1m, matrix: {x: [" + hundred + "], y: [" + hundred + "]}}"))
                .hasMessageContaining("10000 cells (x 100 x y 100)")
                .hasMessageContaining("at most 1000");
    }

    @Test
    void aLiveTimingReplacesTheConfiguredOneOfAnotherKind() {
        JsonNode configured = yaml("{type: a, cron: '0 0 0 * * ?', zone: Europe/Paris}");

        JsonNode effective = ScheduleFormat.effective(configured, yaml("{every: 15m, zone: null}"));

        assertThat(effective).isEqualTo(yaml("{type: a, every: 15m}"));
    }

    @Test
    void aChangeIsWhatDiffersFromTheConfiguration() {
        JsonNode configured = yaml("{type: a, cron: '0 0 0 * * ?', zone: Europe/Paris}");
        JsonNode wanted = yaml("{type: a, every: 15m}");

        JsonNode change = ScheduleFormat.change(configured, wanted);

        assertThat(change).isEqualTo(yaml("{every: 15m, cron: null, zone: null}"));
        assertThat(ScheduleFormat.effective(configured, change)).isEqualTo(wanted);
        assertThat(ScheduleFormat.change(configured, configured)).isNull();
    }

    @Test
    void theTimingKeyChangesWithTheTimingOnly() {
        String key = read("{type: a, every: 15m, payload: {x: 1}}").timingKey();

        assertThat(read("{type: b, every: 15m, payload: {x: 2}, overlap: allow}")
                        .timingKey())
                .isEqualTo(key);
        assertThat(read("{type: a, every: 16m}").timingKey()).isNotEqualTo(key);
        assertThat(read("{type: a, every: 15m, calendar: {exclude-days: [monday]}}")
                        .timingKey())
                .isNotEqualTo(key);
    }
}
