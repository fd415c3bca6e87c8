package io.requartz.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.api.ErrorCategory;
import io.requartz.guard.ReleaseRate;
import io.requartz.problem.Problem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeFormatTest {

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    private static ScopeDefinition parse(String text) {
        return ScopeFormat.parse("sync", json(text));
    }

    @Test
    void whatIsNotSaidHasADefault() {
        assertThat(parse("{'dimensions': ['restaurant_id', 'platform']}"))
                .isEqualTo(ScopeDefinition.of("sync", List.of("restaurant_id", "platform")));
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        ScopeDefinition all = parse("""
                {'dimensions': ['restaurant_id'], 'label': '{restaurant_name}', 'disable_after': 5, 'count': ['timeout', 'network'],
                 're-enable-on': 'manual-trigger', 'release': '5/m', 'log': {'failed': '{title}: {message}'}}""");

        assertThat(all.disableAfter()).isEqualTo(5);
        assertThat(all.count()).containsExactlyInAnyOrder(ErrorCategory.TIMEOUT, ErrorCategory.NETWORK);
        assertThat(all.log().failed()).isEqualTo("{title}: {message}");
        assertThat(all.log().disabled()).isEqualTo(ScopeTexts.DEFAULT.disabled());
        assertThat(ScopeFormat.parse("sync", ScopeFormat.write(all))).isEqualTo(all);
    }

    @Test
    void lostNodesNeverCount() {
        assertThat(parse("{'dimensions': ['a'], 'count': ['node_lost', 'timeout']}")
                        .counts(ErrorCategory.NODE_LOST))
                .isFalse();
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() -> parse("""
                        {'dimension': ['a'], 'disable-after': 0, 'release': 'fast', 're-enable-on': 'never', 'count': 'some',
                         'log': {'failed': '{nobody} failed', 'shown': 'x'}}"""))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(String.join("\n", problem.details()))
                                .contains(
                                        "dimension: there is no such key", "disable-after: 0 came", "release: \"fast\"")
                                .contains(
                                        "re-enable-on: \"never\"", "count: \"some\"", "log.shown: there is no such key")
                                .contains("log.failed: nothing is called nobody"));
    }

    @Test
    void dimensionsAreNeeded() {
        assertThatThrownBy(() -> parse("{'label': 'x'}"))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.details().get(0)).contains("'dimensions' is missing"));
    }

    @ParameterizedTest
    @CsvSource({"20/s,50", "5/m,12000", "3/h,1200000", "10000/s,0"})
    void ratesSpaceReleases(String written, long firstGap) {
        ReleaseRate rate = ReleaseRate.parse(written);
        Instant first = Instant.EPOCH;

        assertThat(rate.slot(first, 1).toEpochMilli()).isEqualTo(firstGap);
        assertThat(rate.toString()).isEqualTo(written);
        int slots = rate.slotsBefore(first, first.plusSeconds(5));
        assertThat(rate.slot(first, slots - 1)).isBefore(first.plusSeconds(5));
        assertThat(rate.slot(first, slots)).isAfterOrEqualTo(first.plusSeconds(5));
    }
}
