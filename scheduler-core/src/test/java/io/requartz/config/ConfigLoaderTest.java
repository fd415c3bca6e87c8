package io.requartz.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

    private static final String HOST = "HOSTNAME";

    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = home.resolve("requartz.yaml");
    }

    @Test
    void withoutAnythingAllIsDefault() {
        RequartzConfig config = ConfigLoader.load(List.of(), environment(), List.of());

        RequartzConfig expected = RequartzConfig.of("box", home.resolve("data"));
        assertThat(config).isEqualTo(expected.withPlugins(new PluginsConfig(home.resolve("plugins"))));
    }

    @Test
    void anEmptyFileAndKeysWithoutValueAreDefault() throws IOException {
        write("database:\n  url:\nnode:\n");

        assertThat(load()).isEqualTo(ConfigLoader.load(List.of(), environment(), List.of()));

        write("");

        assertThat(load()).isEqualTo(ConfigLoader.load(List.of(), environment(), List.of()));
    }

    @Test
    void everyKindOfValueIsRead() throws IOException {
        write("""
                node: {id: shop-1, data: /var/lib/requartz, stop-deadline: 2m}
                database:
                  url: jdbc:postgresql://db/shop
                  user: anna
                  password: "s3cret"
                  pool-size: 25
                  wait-for: 5m
                cluster: {name: shop, beat: 500ms, lease: 2s, poll: 250ms}
                workers: {threads: 40, batch: 7}
                http: {host: 0.0.0.0, port: 0}
                plugins: {directory: jars}
                limits: {payload: 2MiB, result: 128KiB, stuck-grace: 1m}
                types:
                  sync.menu:
                    title: Menu sync
                    description: Brings menus over
                    time-limit: none
                """);

        RequartzConfig config = load();

        assertThat(config.node())
                .isEqualTo(new NodeConfig("shop-1", Path.of("/var/lib/requartz"), Duration.ofMinutes(2)));
        assertThat(config.database())
                .isEqualTo(new DatabaseConfig(
                        "jdbc:postgresql://db/shop", "anna", Secret.of("s3cret"), 25, Duration.ofMinutes(5)));
        assertThat(config.cluster())
                .isEqualTo(new ClusterConfig(
                        "shop", Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofMillis(250)));
        assertThat(config.workers()).isEqualTo(new WorkersConfig(40, 7));
        assertThat(config.http()).isEqualTo(new HttpConfig("0.0.0.0", 0));
        assertThat(config.plugins().directory()).isEqualTo(home.resolve("jars"));
        assertThat(config.limits())
                .isEqualTo(new LimitsConfig(DataSize.mebibytes(2), DataSize.kibibytes(128), Duration.ofMinutes(1)));
        assertThat(config.types())
                .containsEntry(
                        "sync.menu",
                        new TypeConfig(
                                null,
                                Secret.NONE,
                                null,
                                "Menu sync",
                                "Brings menus over",
                                Duration.ZERO,
                                null,
                                null,
                                null,
                                null,
                                null));
    }

    @Test
    void allMistakesAreToldAtOnceEachWithItsPlace() throws IOException {
        write("""
                node:
                  id: "not good"
                  stop-dedline: 30s
                database:
                  url: jdbc:oracle:x
                  pool-size: 99999
                workrs: {threads: 3}
                workers:
                  threads: ten
                  batch: [1]
                cluster: {beat: 5s}
                limits:
                  payload: 12
                  stuck-grace: soon
                http:
                  port: 1
                  port: 2
                types:
                  "a b": {}
                  ok: {time-limit: 3}
                """);

        List<String> errors = errors(Map.of("REQUARTZ_HTTP_PROT", "1"), "oops", "http.port=70000");

        assertThat(errors)
                .containsExactly(
                        at(2, 7)
                                + "node.id is 'not good'; expected 1 to 50 letters, digits, '.', '_' and '-', beginning"
                                + " with a letter or digit",
                        at(3, 3) + "'node' has no key 'stop-dedline'; did you mean 'stop-deadline'?",
                        at(5, 8) + "database.url is 'jdbc:oracle:x'; expected jdbc:h2:..., jdbc:mysql://...,"
                                + " jdbc:mariadb://... or jdbc:postgresql://...",
                        at(6, 14) + "database.pool-size is '99999'; expected a whole number from 4 to 1000",
                        at(7, 1) + "there is no section 'workrs'; did you mean 'workers'?",
                        at(9, 12) + "workers.threads is 'ten'; expected a whole number from 1 to 10000",
                        at(10, 10) + "workers.batch is a list; expected a whole number from 1 to 10000",
                        at(11, 10)
                                + "cluster.lease is less than three times cluster.beat; expected at least three beats,"
                                + " or one lost packet would take a living node's runs away",
                        at(13, 12) + "limits.payload is '12'; expected a size from 1KiB to 16MiB, with its unit",
                        at(14, 16)
                                + "limits.stuck-grace is 'soon'; expected a duration from 0s to 1h, with its unit, as"
                                + " 30s or 15m",
                        at(17, 3) + "'port' is here twice; first in line 16",
                        at(19, 3)
                                + "'a b' cannot be a job type: a job type is named by letters, digits, '_', '.' and '-',"
                                + " 1 to 100 characters, beginning with a letter or digit",
                        at(20, 20) + "types.ok.time-limit is '3'; expected a duration from 10ms to 365d, or none",
                        "environment REQUARTZ_HTTP_PROT: there is no such setting; did you mean 'REQUARTZ_HTTP_PORT'?",
                        "--set oops: expected KEY=VALUE, as in --set workers.threads=20",
                        "--set http.port: http.port is '70000'; expected a whole number from 0 to 65535");
    }

    @Test
    void theMessageCountsTheMistakes() throws IOException {
        write("http: {port: x}\n");

        ConfigException thrown = catchThrowableOfType(ConfigException.class, this::load);

        assertThat(thrown)
                .hasMessage("1 thing is wrong in the configuration:\n  " + at(1, 14)
                        + "http.port is 'x'; expected a whole number from 0 to 65535");
    }

    @Test
    void whatIsNotYamlIsToldWithItsPlace() throws IOException {
        write("node:\n  id: [a\nhttp: b\n");

        assertThat(errors(Map.of())).singleElement().asString().startsWith(at(3, 5) + "this is not YAML: ");
    }

    @Test
    void aTabAndASecondDocumentAreRefused() throws IOException {
        write("http:\n\tport: 1\n");
        assertThat(errors(Map.of())).singleElement().asString().contains(":2:").contains("this is not YAML");

        write("http: {port: 1}\n---\nhttp: {port: 2}\n");
        assertThat(errors(Map.of())).singleElement().asString().contains("a second document begins here");
    }

    @Test
    void anAliasStandsForWhatWasWrittenAtItsAnchor() throws IOException {
        write("types:\n  a: &a {title: One, description: both}\n  b: *a\n");

        RequartzConfig config = ConfigLoader.load(List.of(file), environment(), List.of("types.b.title=Two"));

        assertThat(config.types().get("a").title()).isEqualTo("One");
        assertThat(config.types().get("b").title()).isEqualTo("Two");
        assertThat(config.types().get("b").description()).isEqualTo("both");
    }

    @Test
    void anAliasOfNothingAndAliasesOfABillionValuesAreRefused() throws IOException {
        write("http: *other\n");
        assertThat(errors(Map.of())).singleElement().asString().startsWith(at(1, 7) + "*other stands for nothing");

        write("""
                a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
                d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
                e: [*d, *d, *d, *d, *d, *d, *d, *d, *d]
                """);
        assertThat(errors(Map.of())).anyMatch(error -> error.contains("stand for more than 10000 values"));
    }

    @Test
    void aLaterFileLiesOverAnEarlierOneKeyByKey() throws IOException {
        write("workers: {threads: 3, batch: 7}\nhttp: {port: 1}\nerrors: {rules: [{category: timeout, message: a}]}\n");
        Path profile = file.resolveSibling("profile.yaml");
        Files.writeString(profile, "workers:\n  threads: 4\nhttp:\n  port:\nerrors: {rules: []}\n");

        RequartzConfig config = ConfigLoader.load(List.of(file, profile), environment(), List.of());

        assertThat(config.workers()).isEqualTo(new WorkersConfig(4, 7));
        assertThat(config.http()).isEqualTo(HttpConfig.DEFAULT);
        assertThat(config.errors().rules()).isEmpty();
    }

    @Test
    void aFileThatIsAListOrMissingOrNotTextIsRefused() throws IOException {
        write("- http\n");
        assertThat(errors(Map.of())).singleElement().asString().contains("the file holds a list");

        Files.write(file, "http: {host: \u00e4}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(errors(Map.of())).containsExactly(file + ": this is not UTF-8 text");

        Files.delete(file);
        assertThat(errors(Map.of()))
                .containsExactly(file + ": there is no such file; name another one, or none to use the defaults");
    }

    @Test
    void theEnvironmentWinsOverTheFileAndOptionsOverBoth() throws IOException {
        write("workers: {threads: 1, batch: 1}\nhttp: {port: 1}\n");
        Map<String, String> environment =
                environment("REQUARTZ_WORKERS_THREADS", "2", "REQUARTZ_WORKERS_BATCH", "2", "REQUARTZ_HTTP_HOST", "");

        RequartzConfig config =
                ConfigLoader.load(List.of(file), environment, List.of("workers.batch=3", "workers.batch=4"));

        assertThat(config.workers()).isEqualTo(new WorkersConfig(2, 4));
        assertThat(config.http()).isEqualTo(new HttpConfig("127.0.0.1", 1));
    }

    @Test
    void otherVariablesOfTheEnvironmentAreNoneOfItsBusiness() {
        Map<String, String> environment = environment("REQUARTZ_TOKEN", "x", "REQUARTZ", "y", "WORKERS_THREADS", "z");

        assertThat(ConfigLoader.load(List.of(), environment, List.of()).workers())
                .isEqualTo(WorkersConfig.DEFAULT);
    }

    @Test
    void anOptionMayNameATypeWithDots() {
        RequartzConfig config =
                ConfigLoader.load(List.of(), environment(), List.of("types.\"sync.menu\".title=Menu: the sync # 1"));

        assertThat(config.types().get("sync.menu").title()).isEqualTo("Menu: the sync # 1");
    }

    @Test
    void anOptionUnderAValueIsRefused() throws IOException {
        write("http: 8080\n");

        assertThat(errors(Map.of(), "http.port=1", "..=1"))
                .containsExactly(
                        at(1, 7) + "http is '8080'; expected a section with keys under it",
                        "--set ..: '..' is not a key; expected names with dots between, as in workers.threads");
    }

    @Test
    void valuesReferToTheEnvironmentAndToFiles() throws IOException {
        Files.writeString(home.resolve("password.txt"), "p4$$\\word\n");
        write("""
                database:
                  url: jdbc:mysql://${DB_HOST}:${DB_PORT:-3306}/shop
                  user: $${literally}
                  password: ${file:password.txt}
                """);

        DatabaseConfig database = ConfigLoader.load(List.of(file), environment("DB_HOST", "db1"), List.of())
                .database();

        assertThat(database.url()).isEqualTo("jdbc:mysql://db1:3306/shop");
        assertThat(database.user()).isEqualTo("${literally}");
        assertThat(database.password().reveal()).isEqualTo("p4$$\\word");
    }

    @Test
    void aReferenceToNothingIsRefused() throws IOException {
        write("""
                database:
                  url: ${NO_URL}
                  user: ${1x}
                  password: ${file:nowhere}
                node:
                  id: ${open
                """);

        assertThat(errors(Map.of()))
                .containsExactly(
                        at(2, 8)
                                + "database.url: '${NO_URL}' refers to the environment variable NO_URL, which is not set;"
                                + " set it, or write ${NO_URL:-otherwise}",
                        at(3, 9) + "database.user: '${1x}' refers to nothing; write ${NAME}, ${NAME:-otherwise} or"
                                + " ${file:PATH}, or $${ for a plain ${",
                        at(4, 13) + "database.password: '${file:nowhere}' cannot be read as UTF-8 text ("
                                + home.resolve("nowhere") + "); check that it is there and who may read it",
                        at(6, 7) + "node.id: '${' has no '}'; write $${ for a plain ${");
    }

    @Test
    void whatAReferenceStandsForIsNeverInAMistake() throws IOException {
        write("http: {port: \"${SECRET}\"}\ndatabase: {url: 'jdbc:oracle://anna:pw1@db?password=pw2'}\n");

        assertThat(errors(Map.of("SECRET", "hush")))
                .hasSize(2)
                .noneMatch(error -> error.contains("hush") || error.contains("pw1") || error.contains("pw2"));
    }

    @Test
    void numbersKeepTheirTextWhereTextIsExpected() throws IOException {
        write("database: {password: 0123, user: 1_0}\ncluster: {name: 007}\n");

        RequartzConfig config = load();

        assertThat(config.database().password().reveal()).isEqualTo("0123");
        assertThat(config.database().user()).isEqualTo("1_0");
        assertThat(config.cluster().name()).isEqualTo("007");
    }

    @Test
    void theNodeIsNamedAfterTheHostAsFarAsThatIsAName() {
        assertThat(nodeIdOn("web 1.example.com")).isEqualTo("web-1.example.com");
        assertThat(nodeIdOn("-_x")).isEqualTo("x");
        assertThat(nodeIdOn("---")).isEqualTo("node");
        assertThat(nodeIdOn("a".repeat(120) + "-7f9c")).hasSize(50).endsWith("a-7f9c");
        assertThat(ConfigLoader.load(List.of(), Map.of(), List.of()).node().id())
                .isNotBlank();
    }

    @Test
    void theEmbeddedDatabaseLiesInTheDataDirectory() {
        RequartzConfig config = ConfigLoader.load(List.of(), environment(), List.of("node.data=here"));

        assertThat(config.database().url())
                .isEqualTo("jdbc:h2:file:" + home.resolve("here/requartz")
                        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
        assertThat(config.database().isEmbedded()).isTrue();
        assertThat(DatabaseConfig.at("jdbc:h2:tcp://x/y").isEmbedded()).isFalse();
    }

    private String nodeIdOn(String host) {
        return ConfigLoader.load(List.of(), Map.of(HOST, host), List.of())
                .node()
                .id();
    }

    private RequartzConfig load() {
        return ConfigLoader.load(List.of(file), environment(), List.of());
    }

    private List<String> errors(Map<String, String> more, String... options) {
        Map<String, String> environment = new HashMap<>(environment());
        environment.putAll(more);
        ConfigException thrown = catchThrowableOfType(
                ConfigException.class, () -> ConfigLoader.load(List.of(file), environment, List.of(options)));
        assertThat(thrown).isNotNull();
        return thrown.errors();
    }

    private Map<String, String> environment(String... more) {
        Map<String, String> environment = new HashMap<>(Map.of(HOST, "box", "REQUARTZ_HOME", home.toString()));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    private void write(String yaml) throws IOException {
        Files.writeString(file, yaml);
    }

    private String at(int line, int column) {
        return file + ":" + line + ":" + column + ": ";
    }
}
