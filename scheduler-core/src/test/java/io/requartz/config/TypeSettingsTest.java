package io.requartz.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypeSettingsTest {

    @TempDir
    private Path home;

    private RequartzConfig load(String text) throws IOException {
        Path file = home.resolve("requartz.yaml");
        Files.writeString(file, text);
        return ConfigLoader.load(
                List.of(file),
                Map.of("HOSTNAME", "box", "API_TOKEN", "s3cret", "REQUARTZ_HOME", home.toString()),
                List.of());
    }

    @Test
    void aTypeCanBeMadeOfAPluginsJobWithSettingsOfItsOwn() throws IOException {
        TypeConfig type = load("""
                        types:
                          outreach:
                            job: http
                            title: Outreach
                            settings:
                              url: "https://example.com/{person}"
                              headers: {Authorization: "Bearer ${API_TOKEN}"}
                            payload-schema: {required: [person]}
                        """).types().get("outreach");

        assertThat(type.job()).isEqualTo("http");
        assertThat(type.settings().reveal())
                .isEqualTo(
                        "{\"url\":\"https://example.com/{person}\",\"headers\":{\"Authorization\":\"Bearer s3cret\"}}");
        assertThat(type.payloadSchema()).isEqualTo("{\"required\":[\"person\"]}");
        assertThat(type.toString()).doesNotContain("s3cret");
    }

    @Test
    void mistakesAreToldWithTheirPlace() {
        assertThatThrownBy(() -> load("""
                        types:
                          "b a d": {title: x}
                          one: {job: http}
                          two: {job: one}
                          three: {settings: [1]}
                          four: {payload-schema: {type: strnig}}
                        """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("requartz.yaml:2:3: 'b a d' cannot be a job type")
                .hasMessageContaining("requartz.yaml:4:14: types.two.job: one is made of http itself")
                .hasMessageContaining("requartz.yaml:5:21: types.three.settings is not a section")
                .hasMessageContaining("types.four.payload-schema is not a JSON Schema");
    }
}
