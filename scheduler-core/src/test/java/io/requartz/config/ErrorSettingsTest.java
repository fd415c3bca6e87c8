package io.requartz.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.requartz.api.ErrorCategory;
import io.requartz.definition.DefinitionKind;
import io.requartz.failure.ErrorRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code errors:} and {@code policies:}, and types that follow them. */
class ErrorSettingsTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("HOSTNAME", "box");
    private static final ErrorCategory CLOSED = new ErrorCategory("carrier_closed");

    @TempDir
    Path home;

    private RequartzConfig load(String yaml) throws IOException {
        return ConfigLoader.load(List.of(file(yaml)), ENVIRONMENT, List.of());
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(home.resolve("requartz.yaml"), yaml);
    }

    private List<String> mistakes(String yaml) throws IOException {
        Path file = file(yaml);
        return catchThrowableOfType(
                        ConfigException.class, () -> ConfigLoader.load(List.of(file), ENVIRONMENT, List.of()))
                .errors()
                .stream()
                .map(error -> error.replace(file + ":", ""))
                .toList();
    }

    @Test
    void categoriesAliasesAndRulesAreReadInTheirOrder() throws IOException {
        ErrorsConfig errors = load("""
                errors:
                  categories: {carrier_closed: temporary, bad_address: persistent}
                  aliases: {temporary_error: temporary, closed: carrier_closed}
                  rules:
                    - {category: closed, exception: com.acme.CarrierException, message: "closed|maintenance"}
                    - {category: temporary_error, http-status: [418, 520-529, 1xx], type: sync}
                    - {category: bad_address, http-status: 422}
                    - {category: network, sql-state: "08", vendor-code: 1927, exit-code: 99}
                """).errors();

        assertThat(errors.categories()).containsEntry(CLOSED, true).hasSize(2);
        assertThat(errors.aliases()).containsEntry("closed", CLOSED);
        assertThat(errors.rules())
                .containsExactly(
                        new ErrorRule(
                                CLOSED,
                                null,
                                "com.acme.CarrierException",
                                "closed|maintenance",
                                List.of(),
                                null,
                                null,
                                null),
                        new ErrorRule(
                                ErrorCategory.TEMPORARY,
                                "sync",
                                null,
                                null,
                                List.of(
                                        new ErrorRule.Statuses(418, 418),
                                        new ErrorRule.Statuses(520, 529),
                                        new ErrorRule.Statuses(100, 199)),
                                null,
                                null,
                                null),
                        new ErrorRule(
                                new ErrorCategory("bad_address"),
                                null,
                                null,
                                null,
                                List.of(new ErrorRule.Statuses(422, 422)),
                                null,
                                null,
                                null),
                        new ErrorRule(ErrorCategory.NETWORK, null, null, null, List.of(), "08", 1927, 99));
    }

    @Test
    void policiesMayNameDeclaredCategoriesAndAliases() throws IOException {
        RequartzConfig config = load("""
                errors:
                  categories: {carrier_closed: persistent}
                  aliases: {closed: carrier_closed}
                retry: {by-category: {closed: {max-attempts: 2}}}
                policies:
                  gentle: {never-on: [carrier_closed]}
                """);

        assertThat(config.retry().byCategory()).containsOnlyKeys(CLOSED);
        assertThat(config.retry().retries(CLOSED)).as("persistent").isFalse();
        assertThat(config.defined().of(DefinitionKind.POLICY)).containsOnlyKeys("default", "gentle");
    }

    @Test
    void aTypeMayFollowAPolicyOrLetThePayloadChoose() throws IOException {
        RequartzConfig config = load("""
                policies:
                  message-email: {max-retries: 10}
                  message-sms: {max-retries: 3}
                types:
                  send: {policy: "message-{message_type}", policy-default: message-email, retry: {jitter: none}}
                  ping: {policy: message-sms}
                """);

        assertThat(config.defined().of(DefinitionKind.POLICY).get("type:send"))
                .hasToString(
                        "{\"jitter\":\"none\",\"policy\":\"message-{message_type}\",\"policy-default\":\"message-email\"}");
        assertThat(config.defined().of(DefinitionKind.POLICY).get("type:ping"))
                .hasToString("{\"policy\":\"message-sms\"}");
    }

    @Test
    void mistakesAreToldWithTheirPlace() throws IOException {
        assertThat(mistakes("""
                errors:
                  categories: {timeout: temporary, bad-name: temporary, closed: often}
                  aliases: {later: temporery}
                  rules:
                    - {category: tiemout, message: x}
                    - {message: x}
                    - {category: timeout, message: "("}
                    - {category: timeout}
                    - {category: node_lost, message: x}
                    - {category: timeout, http-status: [900]}
                    - {category: timeout, mesage: x}
                    - text
                """))
                .hasSize(12)
                .anySatisfy(each -> assertThat(each).startsWith("2:").contains("'timeout' cannot be declared"))
                .anySatisfy(each -> assertThat(each).startsWith("2:").contains("'bad-name' cannot be declared"))
                .anySatisfy(each -> assertThat(each).startsWith("2:").contains("temporary or persistent"))
                .anySatisfy(each -> assertThat(each).startsWith("3:").contains("'temporery'"))
                .anySatisfy(each -> assertThat(each).startsWith("5:").contains("did you mean 'timeout'?"))
                .anySatisfy(each -> assertThat(each).startsWith("6:").contains("category is missing"))
                .anySatisfy(each -> assertThat(each).startsWith("7:").contains("not a regular expression"))
                .anySatisfy(each -> assertThat(each).startsWith("8:").contains("no condition"))
                .anySatisfy(each -> assertThat(each).startsWith("9:").contains("node_lost"))
                .anySatisfy(each -> assertThat(each).startsWith("10:").contains("900"))
                .anySatisfy(each -> assertThat(each).startsWith("11:").contains("did you mean 'message'?"))
                .anySatisfy(each -> assertThat(each).startsWith("12:").contains("expected keys and values"));
    }

    @Test
    void policiesThatDoNotExistOrContradictThemselvesAreToldWithTheirPlace() throws IOException {
        assertThat(mistakes("""
                retry: {max-delay: 1m}
                policies:
                  slow: {min-delay: 1h}
                  default: {max-attempts: 3}
                  table: {backoff: {table: [1h, -6h]}}
                  "bad name": {}
                types:
                  a: {policy: slwo}
                  b: {policy: "x-{y}", policy-default: nobody}
                  c: {policy-default: table}
                  d: {retry: {min-delay: 5m}}
                  e: {policy: ["x"]}
                """))
                .anySatisfy(each -> assertThat(each).startsWith("3:").contains("min-delay is 1h"))
                .anySatisfy(each -> assertThat(each).startsWith("4:").contains("'default' cannot be a policy"))
                .anySatisfy(each -> assertThat(each).startsWith("5:").contains("table"))
                .anySatisfy(each -> assertThat(each).startsWith("6:").contains("'bad name' cannot be a policy"))
                .anySatisfy(each -> assertThat(each).startsWith("8:").contains("did you mean 'slow'?"))
                .anySatisfy(each -> assertThat(each).startsWith("9:").contains("types.b.policy-default is 'nobody'"))
                .anySatisfy(each -> assertThat(each).contains("policy-default is given without policy"))
                .anySatisfy(each -> assertThat(each).startsWith("11:").contains("types.d.retry"))
                .anySatisfy(each -> assertThat(each).startsWith("12:").contains("a list"))
                .hasSize(9);
    }

    @Test
    void aTypesKeysAreCheckedOverThePolicyThatItFollows() throws IOException {
        assertThat(mistakes("""
                policies:
                  quick: {max-delay: 1s}
                types:
                  a: {policy: quick, retry: {min-delay: 30s}}
                """)).singleElement().asString().startsWith("4:").contains("min-delay is 30s");
    }
}
