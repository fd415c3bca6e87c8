package io.requartz.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyChoiceTest {

    private static final PolicyChoice CHOICE = new PolicyChoice("m.{type}-{size}", "other");

    @Test
    void fillsInFieldsOfThePayload() {
        ObjectNode payload =
                JsonNodeFactory.instance.objectNode().put("type", "a$1\\").put("size", 7);

        assertThat(CHOICE.name(payload, Set.of("m.a$1\\-7")::contains)).contains("m.a$1\\-7");
        assertThat(CHOICE.name(payload, Set.of("other")::contains)).contains("other");
        assertThat(CHOICE.name(payload, name -> false)).isEmpty();
        assertThat(CHOICE.asksPayload()).isTrue();
    }

    @Test
    void aFieldThatIsNotThereOrIsNoSingleValueLeadsToTheOther() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        for (ObjectNode payload : new ObjectNode[] {
            nodes.objectNode(),
            nodes.objectNode().put("type", "a"),
            nodes.objectNode().put("type", "a").putNull("size"),
            nodes.objectNode().put("type", "a").set("size", nodes.arrayNode())
        }) {
            assertThat(CHOICE.name(payload, name -> true))
                    .as(payload.toString())
                    .contains("other");
        }
    }

    @Test
    void knowsWhichPoliciesItMayLeadTo() {
        assertThat(CHOICE.mayMean("m.email-7")).isTrue();
        assertThat(CHOICE.mayMean("other")).isTrue();
        assertThat(CHOICE.mayMean("mXemail-7")).isFalse();
        assertThat(new PolicyChoice("plain", null).mayMean("plain")).isTrue();
        assertThat(PolicyChoice.NONE.mayMean("plain")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "{", "{}", "a{b", "{a b}", "default", "x/{y}"})
    void formsThatNoPolicyCanHaveAreRefused(String policy) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PolicyChoice(policy, null));
    }

    @Test
    void aDefaultAloneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PolicyChoice(null, "other"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PolicyChoice("a", "default"));
    }
}
