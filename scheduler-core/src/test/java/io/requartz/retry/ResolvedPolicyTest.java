package io.requartz.retry;

import static io.requartz.api.ErrorCategory.NETWORK;
import static io.requartz.api.ErrorCategory.RATE_LIMIT;
import static io.requartz.api.ErrorCategory.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.requartz.api.ErrorCategory;
import io.requartz.failure.DeclaredCategories;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** How levels lie over each other, and where each value comes from. */
class ResolvedPolicyTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    private static ResolvedPolicy resolve(String... levels) {
        List<PolicyLevel> all = new ArrayList<>();
        for (String level : levels) {
            all.add(new PolicyLevel("level " + (all.size() + 1), keys(level)));
        }
        return ResolvedPolicy.of(all, DeclaredCategories.NONE);
    }

    private static JsonNode keys(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    @Test
    void whatNobodySaysIsTheBuiltInDefault() {
        ResolvedPolicy resolved = resolve();

        assertThat(resolved.policy()).isEqualTo(RetryPolicy.DEFAULT);
        assertThat(resolved.from()).containsKeys("max-attempts", "jitter", "retry-on", "retry-enabled");
        assertThat(resolved.from().values()).containsOnly(ResolvedPolicy.BUILT_IN);
    }

    @Test
    void eachLevelOverridesSingleKeys() {
        ResolvedPolicy resolved =
                resolve("{max-attempts: 9, max-delay: 2h}", "{max_attempts: 3, jitter: none}", "{jitter: full}");

        assertThat(resolved.policy().maxAttempts()).isEqualTo(3);
        assertThat(resolved.policy().rule().bounds().max()).isEqualTo(Duration.ofHours(2));
        assertThat(resolved.from())
                .containsEntry("max-attempts", "level 2")
                .containsEntry("max-delay", "level 1")
                .containsEntry("jitter", "level 3")
                .containsEntry("min-delay", ResolvedPolicy.BUILT_IN);
    }

    @Test
    void aValueSaidAgainComesFromWhoeverSaidItLast() {
        assertThat(resolve("{max-attempts: 5}").from()).containsEntry("max-attempts", "level 1");
    }

    @Test
    void attemptsAndRetriesReplaceEachOtherAcrossLevels() {
        ResolvedPolicy resolved = resolve("{max-attempts: 9}", "{max-retries: 2}");

        assertThat(resolved.policy().maxAttempts()).isEqualTo(3);
        assertThat(resolved.from()).containsEntry("max-attempts", "level 2").doesNotContainKey("max-retries");
    }

    @Test
    void aBackoffAtAnyLevelReplacesTheDefaultsOfAllCategories() {
        ResolvedPolicy resolved = resolve("{backoff: {linear: 7s}}", "{max-attempts: 2}");

        for (ErrorCategory category : DeclaredCategories.NONE.known()) {
            assertThat(resolved.policy().ruleFor(category).backoff()).isEqualTo(new Backoff.Linear(seconds(7)));
            assertThat(resolved.from(category, "backoff")).isEqualTo("level 1");
        }
    }

    @Test
    void onlyAByCategoryAtThatLevelOrAboveBringsOneBack() {
        ResolvedPolicy below =
                resolve("{by-category: {rate_limit: {backoff: {fixed: 1m}, max-attempts: 7}}}", "{backoff: immediate}");
        ResolvedPolicy same = resolve("{backoff: immediate, by-category: {rate_limit: {backoff: {fixed: 1m}}}}");
        ResolvedPolicy above = resolve("{backoff: immediate}", "{by-category: {rate_limit: {backoff: {fixed: 1m}}}}");

        assertThat(below.policy().ruleFor(RATE_LIMIT).backoff()).isEqualTo(new Backoff.Immediate());
        assertThat(below.from(RATE_LIMIT, "backoff")).isEqualTo("level 2");
        assertThat(below.policy().ruleFor(RATE_LIMIT).limits().maxAttempts()).isEqualTo(7);
        assertThat(below.from(RATE_LIMIT, "max-attempts")).isEqualTo("level 1");
        for (ResolvedPolicy resolved : List.of(same, above)) {
            assertThat(resolved.policy().ruleFor(RATE_LIMIT).backoff()).isEqualTo(new Backoff.Fixed(seconds(60)));
            assertThat(resolved.policy().ruleFor(TIMEOUT).backoff()).isEqualTo(new Backoff.Immediate());
        }
        assertThat(above.from(RATE_LIMIT, "backoff")).isEqualTo("level 2");
        assertThat(above.from(TIMEOUT, "backoff")).isEqualTo("level 1");
    }

    @Test
    void whatALevelTakesAwayComesFromNobodyAnyMore() {
        ResolvedPolicy resolved = resolve("{first: 0s}", "{backoff: {linear: 7s}}");

        assertThat(resolved.policy().rule().first()).isNull();
        assertThat(resolved.from()).doesNotContainKey("first");
    }

    @Test
    void aCapThatAWrittenDelayRaisesComesFromTheLevelThatWroteIt() {
        assertThat(resolve("{max-delay: 5m}", "{backoff: {table: [1h, 72h]}}").from())
                .containsEntry("max-delay", "level 2");
    }

    @Test
    void aLevelThatContradictsThoseBelowIsLeftOutAndToldOf() {
        ResolvedPolicy resolved = resolve("{max-delay: 5m}", "{min-delay: 1h, max-attempts: 9}", "{jitter: none}");

        assertThat(resolved.policy().maxAttempts()).isEqualTo(5);
        assertThat(resolved.policy().rule().jitter()).isEqualTo(new Jitter.None());
        assertThat(resolved.leftOut())
                .singleElement()
                .asString()
                .startsWith("level 2: ")
                .contains("min-delay is 1h");
    }

    @Test
    void switchedOffAndOnAgain() {
        ResolvedPolicy off = resolve("{retry-on: all}", "{retry-enabled: false}");
        ResolvedPolicy on = resolve("{retry-on: all}", "{retry-enabled: false}", "{retry-enabled: true}");

        assertThat(off.policy().retries(NETWORK)).isFalse();
        assertThat(on.policy().retries(ErrorCategory.VALIDATION)).isTrue();
        assertThat(on.from()).containsEntry("retry-enabled", "level 3");
    }

    @Test
    void declaredCategoriesAndAliasesMayBeNamed() {
        ErrorCategory closed = new ErrorCategory("carrier_closed");
        DeclaredCategories declared =
                new DeclaredCategories(Map.of(closed, false), Map.of("temporary_error", ErrorCategory.TEMPORARY));

        ResolvedPolicy resolved = ResolvedPolicy.of(
                List.of(new PolicyLevel("x", keys("{by-category: {temporary_error: {max-attempts: 2}}}"))), declared);

        assertThat(resolved.policy().retries(closed)).as("persistent").isFalse();
        assertThat(resolved.from(ErrorCategory.TEMPORARY, "max-attempts")).isEqualTo("x");
        assertThat(ResolvedPolicy.of(List.of(new PolicyLevel("x", keys("{retry-on: all}"))), declared)
                        .policy()
                        .retries(closed))
                .isTrue();
    }

    @Property
    void levelsAreReadOneOverTheOtherAndEveryValueHasASource(@ForAll("levels") List<JsonNode> levels) {
        List<PolicyLevel> named = new ArrayList<>();
        RetryPolicy expected = RetryPolicy.DEFAULT;
        for (JsonNode level : levels) {
            named.add(new PolicyLevel("level " + named.size(), level));
            expected = RetryPolicyFormat.parse(level, expected);
        }

        ResolvedPolicy resolved = ResolvedPolicy.of(named, DeclaredCategories.NONE);

        assertThat(resolved.leftOut()).isEmpty();
        assertThat(resolved.policy()).isEqualTo(expected);
        RetryPolicyFormat.write(expected).fieldNames().forEachRemaining(key -> {
            if (!key.equals("by-category")) {
                assertThat(resolved.from()).containsKey(key);
            }
        });
        // whatever a value is said to come from says it, or changes it by saying something else
        for (int i = levels.size() - 1; i >= 0; i--) {
            String source = "level " + i;
            List<PolicyLevel> without = new ArrayList<>(named);
            without.remove(i);
            boolean named0 = resolved.from().containsValue(source);
            boolean matters = !ResolvedPolicy.of(without, DeclaredCategories.NONE)
                    .policy()
                    .equals(resolved.policy());
            assertThat(named0 || !matters).as("%s of %s", source, levels).isTrue();
        }
    }

    @Provide
    Arbitrary<List<JsonNode>> levels() {
        Arbitrary<String> keys = Arbitraries.of(
                "max-attempts: 3",
                "max-retries: 7",
                "backoff: {linear: 2s}",
                "backoff: {table: [1s, 2s]}",
                "backoff: immediate",
                "jitter: none",
                "jitter: {plus: 1s}",
                "retry-on: all",
                "retry-on: [timeout]",
                "never-on: [network]",
                "retry-enabled: false",
                "when-over: close",
                "max-elapsed: 1d",
                "by-category: {timeout: {max-attempts: 2}}",
                "by-category: {network: {backoff: {fixed: 3s}}}");
        Arbitrary<JsonNode> level = Combinators.combine(keys, keys).as((one, other) -> {
            ObjectNode both = JsonNodeFactory.instance.objectNode();
            both.setAll((ObjectNode) keys(one));
            if (!(both.has("max-attempts") && other.startsWith("max-retries"))
                    && !(both.has("max-retries") && other.startsWith("max-attempts"))) {
                both.setAll((ObjectNode) keys(other));
            }
            return both;
        });
        return level.list().ofMaxSize(5);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
