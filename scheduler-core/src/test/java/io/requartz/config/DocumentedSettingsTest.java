package io.requartz.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.config.Tree.Branch;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.DefinitionSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code conf/requartz.yaml} is the documentation of the settings: it must have all of them, and tell the truth. */
class DocumentedSettingsTest {

    private static final Path SHIPPED = Path.of("..", "conf", "requartz.yaml");

    @Test
    void theShippedFileHoldsExactlyTheDefaults() {
        Map<String, String> environment = Map.of("HOSTNAME", "box");

        RequartzConfig shipped = ConfigLoader.load(List.of(SHIPPED), environment, List.of());

        // that a key is written out is a difference to those who ask where a value comes from, and to nobody else
        assertThat(shipped.withDefinitions(DefinitionSet.EMPTY))
                .isEqualTo(ConfigLoader.load(List.of(), environment, List.of()).withDefinitions(DefinitionSet.EMPTY));
        assertThat(shipped.defined().of(DefinitionKind.POLICY)).containsOnlyKeys("default");
    }

    @ParameterizedTest
    @MethodSource("areas")
    void everyKeyIsInTheShippedFile(String area) throws IOException {
        Branch section = (Branch) tree().entries().get(area).value();

        assertThat(section.entries().keySet()).containsExactlyElementsOf(Keys.AREAS.get(area));
    }

    static List<String> areas() {
        return List.copyOf(Keys.AREAS.keySet());
    }

    @Test
    void everySectionIsInTheShippedFile() throws IOException {
        assertThat(tree().entries().keySet())
                .containsAll(Keys.AREAS.keySet())
                .contains(Keys.RETRY, Keys.POLICIES, Keys.SCOPES, Keys.TYPES, Keys.SCHEDULES)
                .hasSize(Keys.AREAS.size() + 5);
    }

    @Test
    void everyKeyOfAJobTypeIsInItsExample() throws IOException {
        List<String> examples = Files.readAllLines(SHIPPED).stream()
                .filter(line -> line.startsWith("#    "))
                .toList();

        assertThat(Keys.of(TypeConfig.class))
                .allSatisfy(key -> assertThat(examples).anyMatch(line -> line.startsWith("#    " + key + ":")));
    }

    private static Branch tree() throws IOException {
        return YamlReader.document(Files.readString(SHIPPED), SHIPPED.toString(), new Complaints());
    }
}
