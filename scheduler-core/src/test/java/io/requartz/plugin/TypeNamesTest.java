package io.requartz.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeNamesTest {

    @ParameterizedTest
    @CsvSource({
        "SyncShops, sync_shops",
        "HTTPFetch, http_fetch",
        "FetchHTTP, fetch_http",
        "Sync2Shops, sync2_shops",
        "Hello, hello",
        "already_snake, already_snake",
        "A, a",
        "ABTest, ab_test"
    })
    void aClassIsCalledInSnakeCase(String simpleName, String type) {
        assertThat(TypeNames.ofClass(simpleName)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "hello-plugin.jar, hello-plugin",
        "hello-plugin-1.0.jar, hello-plugin",
        "hello-plugin-0.1.0-SNAPSHOT.jar, hello-plugin",
        "hello-plugin-v2.jar, hello-plugin",
        "hello-2-world-3.1.jar, hello-2-world",
        "sync-20260101.120000-3.jar, sync",
        "-1.0.jar, -1.0"
    })
    void aPluginIsCalledLikeItsFileWithoutVersion(String file, String plugin) {
        assertThat(TypeNames.ofJar(file)).isEqualTo(plugin);
    }
}
