package io.requartz.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.run.PayloadDifference.Change;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PayloadDifferenceTest {

    private static List<String> told(String before, String after) {
        return PayloadDifference.between(before, after).changes().stream()
                .map(PayloadDifferenceTest::told)
                .toList();
    }

    private static String told(Change change) {
        return change.kind().label() + " " + change.path() + ": " + change.from() + " -> " + change.to();
    }

    @Test
    void samePayloadsDoNotDiffer() {
        assertThat(told("{\"a\": 1, \"b\": [1, {\"c\": null}]}", "{\"b\":[1,{\"c\":null}],\"a\":1}"))
                .isEmpty();
    }

    @Test
    void tellsWhatIsAddedRemovedAndChangedAtEveryDepth() {
        assertThat(told(
                        "{\"shop\": 7, \"old\": true, \"menu\": {\"price\": 1.10, \"name\": \"tea\"}}",
                        "{\"shop\": 7, \"menu\": {\"price\": 1.20, \"name\": \"tea\"}, \"fresh\": {\"x\": []}}"))
                .containsExactly(
                        "removed /old: true -> null",
                        "changed /menu/price: 1.10 -> 1.20",
                        "added /fresh: null -> {\"x\":[]}");
    }

    @Test
    void elementsOfListsAreComparedByTheirPlace() {
        assertThat(told("{\"l\": [1, 2, 3]}", "{\"l\": [1, 5]}"))
                .containsExactly("changed /l/1: 2 -> 5", "removed /l/2: 3 -> null");
        assertThat(told("{\"l\": []}", "{\"l\": [\"x\"]}")).containsExactly("added /l/0: null -> \"x\"");
    }

    @Test
    void anotherKindOfValueIsAChangeAsAWhole() {
        assertThat(told("{\"a\": {\"b\": 1}}", "{\"a\": [1]}")).containsExactly("changed /a: {\"b\":1} -> [1]");
        assertThat(told("{\"a\": null}", "{\"a\": 0}")).containsExactly("changed /a: null -> 0");
    }

    @Test
    void namesInPathsAreEscapedAsJsonPointerHasIt() {
        assertThat(told("{\"a/b\": {\"c~d\": 1}}", "{\"a/b\": {\"c~d\": 2}}"))
                .containsExactly("changed /a~1b/c~0d: 1 -> 2");
    }

    @Test
    void longValuesAreToldByTheirLength() {
        String value = "x".repeat(3_000);

        assertThat(told("{}", "{\"a\": \"" + value + "\"}")).containsExactly("added /a: null -> \"(3002 characters)\"");
    }

    @Test
    void noMoreThanSomeChangesAreTold() {
        String many = IntStream.range(0, 250).mapToObj(i -> "\"f" + i + "\": 1").collect(Collectors.joining(", "));

        PayloadDifference difference = PayloadDifference.between("{}", "{" + many + "}");

        assertThat(difference.changes()).hasSize(PayloadDifference.MOST);
        assertThat(difference.leftOut()).isEqualTo(50);
    }

    @Test
    void whatIsNoJsonIsComparedAsText() {
        assertThat(told("erased", "{}")).containsExactly("changed : \"erased\" -> {}");
    }
}
