package io.requartz.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.requartz.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeKeyTest {

    private static final ScopeDefinition SYNC = ScopeFormat.parse(
            "sync",
            ScopeFormat.write(ScopeDefinition.of("sync", List.of("restaurant_id", "platform")))
                    .put("label", "{restaurant_name} on {platform}"));

    private static ScopeKey key(String payload) {
        return ScopeKey.of(SYNC, payload.replace('\'', '"'));
    }

    @Test
    void valuesCompareAsText() {
        ScopeKey number = key("{'restaurant_id': 1, 'platform': 'uber_eats', 'restaurant_name': 'Le Bouzou'}");
        ScopeKey text = key("{'platform': 'uber_eats', 'restaurant_id': '1'}");

        assertThat(number.hash()).isEqualTo(text.hash()).hasSize(64);
        assertThat(number.label()).isEqualTo("Le Bouzou on uber_eats");
        assertThat(text.label()).isEqualTo("? on uber_eats");
        assertThat(ScopeKey.shown("sync", text.dimensions())).isEqualTo("sync: restaurant_id=1, platform=uber_eats");
    }

    @Test
    void noTwoCombinationsAreTakenForOne() {
        assertThat(key("{'restaurant_id': '1', 'platform': '2'}").hash())
                .isNotEqualTo(key("{'restaurant_id': '2', 'platform': '1'}").hash());
        assertThat(key("{'restaurant_id': '1platform', 'platform': 'x'}").hash())
                .isNotEqualTo(
                        key("{'restaurant_id': '1', 'platform': 'platformx'}").hash());
        assertThat(key("{'restaurant_id': 'a', 'platform': 'x'}").hash())
                .isNotEqualTo(key("{'restaurant_id': 'A', 'platform': 'x'}").hash());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'platform': 'x'}|'restaurant_id' is missing",
                "{'restaurant_id': null, 'platform': 'x'}|'restaurant_id' is missing",
                "{'restaurant_id': [1], 'platform': 'x'}|'restaurant_id' is a list",
                "{'restaurant_id': {}, 'platform': 'x'}|'restaurant_id' is an object",
                "{'restaurant_id': ' ', 'platform': 'x'}|'restaurant_id' is blank"
            },
            quoteCharacter = '`')
    void aPayloadWithoutADimensionIsInvalid(String payload, String detail) {
        assertThatThrownBy(() -> key(payload)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID);
            assertThat(problem.details().get(0)).startsWith(detail);
        });
    }

    @Test
    void whatALabelIsMadeOfCannotBreakALogLine() {
        assertThat(key("{'restaurant_id': 1, 'platform': 'x', 'restaurant_name': 'a\\nERROR - b $1'}")
                        .label())
                .isEqualTo("a ERROR - b $1 on x");
    }
}
