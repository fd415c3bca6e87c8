package io.requartz.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadSchemaTest {

    private static final String SHOP = """
            {"type": "object", "required": ["shop"],
             "properties": {"shop": {"$ref": "#/$defs/id"}, "mail": {"type": "string", "format": "email"}},
             "$defs": {"id": {"type": "integer", "minimum": 1}}}""";

    @Test
    void aPayloadThatFitsHasNoViolations() {
        assertThat(PayloadSchema.compile(SHOP).violations("{\"shop\": 7, \"mail\": \"a@example.com\"}"))
                .isEmpty();
    }

    @Test
    void eachViolationSaysWhereItIs() {
        assertThat(PayloadSchema.compile(SHOP).violations("{\"shop\": \"seven\", \"mail\": \"nobody\"}"))
                .hasSize(2)
                .anySatisfy(it -> assertThat(it).contains("/shop").contains("integer"))
                .anySatisfy(it -> assertThat(it).contains("/mail").contains("email"));
    }

    @Test
    void aMissingFieldIsNamed() {
        assertThat(PayloadSchema.compile(SHOP).violations("{}"))
                .singleElement()
                .asString()
                .contains("shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"shop\": 1} x", "{\"shop\": 1, \"shop\": 2}", "nope"})
    void aPayloadThatIsNotJsonIsAViolation(String payload) {
        assertThat(PayloadSchema.compile(SHOP).violations(payload)).isNotEmpty();
    }

    @Test
    void aDeeplyNestedPayloadIsAViolationAndNoCrash() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThat(PayloadSchema.compile(SHOP).violations(deep)).isNotEmpty();
    }

    @Test
    void anOlderDraftMayBeNamed() {
        PayloadSchema schema = PayloadSchema.compile(
                "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"type\": \"object\", \"required\": [\"a\"]}");

        assertThat(schema.violations("{}")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "{\"type\": \"strnig\"}",
                "{\"properties\": {\"a\": {\"minimum\": \"one\"}}}",
                "{\"$ref\": \"#/$defs/absent\"}",
                "{\"$ref\": \"http://127.0.0.1:1/schema.json\"}",
                "{\"$ref\": \"file:///etc/passwd\"}",
                "{\"$ref\": \"classpath:logback-test.xml\"}",
                "{\"$schema\": \"http://127.0.0.1:1/dialect\", \"type\": \"object\"}",
                "{\"properties\": {\"a\": {\"pattern\": \"(\"}}}"
            })
    void aSchemaThatCannotBeUsedIsRefused(String schema) {
        assertThatThrownBy(() -> PayloadSchema.compile(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }
}
