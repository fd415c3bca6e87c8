package io.requartz.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.requartz.config.Tree.Branch;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.DefinitionSet;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.retry.PolicyFormatException;
import io.requartz.retry.RetryPolicy;
import io.requartz.retry.RetryPolicyFormat;
import io.requartz.scope.ScopeFormat;
import io.requartz.scope.Stands;
import io.requartz.time.Durations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the configuration: the file, over it the environment ({@code REQUARTZ_DATABASE_URL}), over it {@code --set} options
 * ({@code database.url=...}). Values may refer to {@code ${NAME}}, {@code ${NAME:-otherwise}} and {@code ${file:PATH}}.
 *
 * <p>Relative paths are relative to {@code REQUARTZ_HOME} of the environment, else to the working directory.
 */
public final class ConfigLoader {

    private static final String TIME_LIMIT = "time-limit";
    private static final String SCOPE = "scope";
    private static final String STANDS = "stands";

    private final Complaints complaints = new Complaints();
    private final References references;
    private final Map<String, String> environment;
    private final Path home;

    private ConfigLoader(Map<String, String> environment) {
        this.environment = environment;
        this.home = Path.of(environment.getOrDefault("REQUARTZ_HOME", ""))
                .toAbsolutePath()
                .normalize();
        this.references = new References(environment, home);
    }

    /**
     * Puts it all together.
     *
     * @param file null: no file, only defaults, environment and options
     * @param setOptions {@code KEY=VALUE}, later ones over earlier ones
     * @throws ConfigException if anything is wrong, telling all of it
     */
    public static RequartzConfig load(Path file, Map<String, String> environment, List<String> setOptions) {
        return new ConfigLoader(environment).load(file, setOptions);
    }

    private RequartzConfig load(Path file, List<String> setOptions) {
        Branch root = file == null ? Branch.empty(Origin.of("defaults")) : read(file);
        Overlay overlay = new Overlay(root, complaints);
        overlay.environment(environment);
        overlay.options(setOptions);
        RequartzConfig config = config(new Section("", root, references, complaints));
        complaints.throwIfAny();
        return config;
    }

    private Branch read(Path file) {
        Origin origin = Origin.of(file.toString());
        try {
            return YamlReader.document(Files.readString(file), file.toString(), complaints);
        } catch (NoSuchFileException missing) {
            complaints.add(origin, "there is no such file; name another one, or none to use the defaults");
        } catch (CharacterCodingException notText) {
            complaints.add(origin, "this is not UTF-8 text");
        } catch (IOException unreadable) {
            complaints.add(origin, "cannot be read: " + unreadable);
        }
        return Branch.empty(origin);
    }

    private RequartzConfig config(Section root) {
        List<String> sections = new ArrayList<>(Keys.AREAS.keySet());
        sections.addAll(List.of(Keys.RETRY, Keys.SCOPES, Keys.TYPES));
        root.knows(sections);
        NodeConfig node = node(area(root, "node"));
        requireScopes(
                root.section(Keys.TYPES), root.section(Keys.SCOPES).entries().keySet());
        return new RequartzConfig(
                node,
                database(area(root, "database"), node),
                cluster(area(root, "cluster")),
                workers(area(root, "workers")),
                http(area(root, "http")),
                new PluginsConfig(area(root, "plugins").path("directory", "plugins", home)),
                limits(area(root, "limits")),
                retry(root, Keys.RETRY).map(RetrySetting::policy).orElse(RetryPolicy.DEFAULT),
                types(root.section(Keys.TYPES)),
                scopes(root.section(Keys.SCOPES), DefinitionSet.EMPTY));
    }

    private static Section area(Section root, String name) {
        return root.section(name).knows(Keys.AREAS.get(name));
    }

    private NodeConfig node(Section in) {
        NodeConfig defaults = NodeConfig.of("local", home.resolve("data"));
        return new NodeConfig(
                in.read("id", ConfigLoader::nodeId, NodeConfig.idForm()).orElseGet(this::hostName),
                in.path("data", "data", home),
                in.duration("stop-deadline", defaults.stopDeadline(), NodeConfig.STOP_DEADLINE));
    }

    private static String nodeId(String text) {
        return NodeConfig.of(text, Path.of("")).id();
    }

    /** The host's name as far as it may be a node's id. The end of a long one tells hosts apart better than its beginning. */
    private String hostName() {
        String name = environment.getOrDefault("HOSTNAME", "");
        try {
            name = name.isBlank() ? InetAddress.getLocalHost().getHostName() : name;
        } catch (UnknownHostException nameless) {
            name = "node";
        }
        String tail = name.substring(Math.max(0, name.length() - NodeConfig.LONGEST_ID));
        String id = tail.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        return id.isEmpty() ? "node" : id;
    }

    private DatabaseConfig database(Section in, NodeConfig node) {
        DatabaseConfig defaults = DatabaseConfig.embedded(node.data());
        return new DatabaseConfig(
                in.read("url", ConfigLoader::databaseUrl, DatabaseConfig.URL_FORM)
                        .orElse(defaults.url()),
                in.text("user", defaults.user()),
                in.secret("password", defaults.password()),
                in.integer("pool-size", defaults.poolSize(), DatabaseConfig.POOL_SIZE),
                in.duration("wait-for", defaults.waitFor(), DatabaseConfig.WAIT_FOR));
    }

    private static String databaseUrl(String text) {
        return DatabaseConfig.at(text.strip()).url();
    }

    private ClusterConfig cluster(Section in) {
        ClusterConfig defaults = ClusterConfig.DEFAULT;
        Duration beat = in.duration("beat", defaults.beat(), ClusterConfig.BEAT);
        Duration lease = in.duration("lease", defaults.lease(), ClusterConfig.LEASE);
        if (!ClusterConfig.holdsThreeBeats(beat, lease)) {
            in.complain(
                    "lease",
                    "cluster.lease is less than three times cluster.beat; expected at least three beats, or one lost"
                            + " packet would take a living node's runs away");
            beat = defaults.beat();
            lease = defaults.lease();
        }
        return new ClusterConfig(
                in.text("name", defaults.name(), ClusterConfig.NAME, NodeConfig.idForm()),
                beat,
                lease,
                in.duration("poll", defaults.poll(), ClusterConfig.POLL));
    }

    private WorkersConfig workers(Section in) {
        WorkersConfig defaults = WorkersConfig.DEFAULT;
        return new WorkersConfig(
                in.integer("threads", defaults.threads(), WorkersConfig.THREADS),
                in.integer("batch", defaults.batch(), WorkersConfig.BATCH));
    }

    private HttpConfig http(Section in) {
        HttpConfig defaults = HttpConfig.DEFAULT;
        String host = in.read("host", text -> new HttpConfig(text, 0).host(), "an address to bind to, as 127.0.0.1")
                .orElse(defaults.host());
        return new HttpConfig(host, in.integer("port", defaults.port(), HttpConfig.PORT));
    }

    private LimitsConfig limits(Section in) {
        LimitsConfig defaults = LimitsConfig.DEFAULT;
        return new LimitsConfig(
                in.size("payload", defaults.payload(), LimitsConfig.PAYLOAD),
                in.size("result", defaults.result(), LimitsConfig.RESULT),
                in.duration("stuck-grace", defaults.stuckGrace(), LimitsConfig.STUCK_GRACE));
    }

    private Map<String, TypeConfig> types(Section in) {
        Map<String, TypeConfig> types = new LinkedHashMap<>();
        in.entries().forEach((name, entry) -> {
            try {
                JobTypeDefinition.requireName(name);
                types.put(name, type(in.section(name).knows(Keys.of(TypeConfig.class))));
            } catch (IllegalArgumentException badName) {
                complaints.add(entry.key(), "'" + name + "' cannot be a job type: " + badName.getMessage());
            }
        });
        return types;
    }

    private TypeConfig type(Section in) {
        String scope = in.text(SCOPE, null);
        Stands stands = in.read(STANDS, ConfigLoader::stands, "gated or probe").orElse(null);
        if (stands != null && scope == null) {
            in.complain(STANDS, in.path(STANDS) + " says how the type stands in its scope, and no scope is named");
            stands = null;
        }
        return new TypeConfig(
                in.text("title", null),
                in.text("description", null),
                in.read(TIME_LIMIT, ConfigLoader::timeLimit, "a duration from " + TypeConfig.TIME_LIMIT + ", or none")
                        .orElse(null),
                scope,
                stands,
                retry(in, Keys.RETRY).map(RetrySetting::written).orElse(null));
    }

    private static Stands stands(String text) {
        return Arrays.stream(Stands.values())
                .filter(each -> each.label().equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("neither"));
    }

    private static DefinitionSet scopes(Section in, DefinitionSet others) {
        DefinitionSet all = others;
        for (String name : in.entries().keySet()) {
            JsonNode written = in.json(name).orElseGet(JsonNodeFactory.instance::objectNode);
            List<ScopeFormat.Flaw> flaws = JobTypeDefinition.isName(name)
                    ? ScopeFormat.read(name, written).flaws()
                    : List.of(
                            new ScopeFormat.Flaw(List.of(), "a scope is named as a job type: letters, digits, _ . -"));
            flaws.forEach(flaw -> in.complain(name, flaw.path(), in.path(name) + ": " + flaw));
            if (flaws.isEmpty()) {
                all = all.with(DefinitionKind.SCOPE, name, written);
            }
        }
        return all;
    }

    /** A type's scope is one that is defined beside it. */
    private static void requireScopes(Section types, Set<String> defined) {
        for (String name : types.entries().keySet()) {
            Section type = types.section(name);
            String scope = type.text(SCOPE, null);
            if (scope != null && !defined.contains(scope)) {
                type.complain(
                        SCOPE,
                        type.path(SCOPE) + ": there is no scope '" + scope + "'" + Spelling.hint(scope, defined));
            }
        }
    }

    private static Duration timeLimit(String text) {
        if (text.equals("none")) {
            return Duration.ZERO;
        }
        Duration limit = Durations.parse(text);
        TypeConfig.TIME_LIMIT.require(TIME_LIMIT, limit);
        return limit;
    }

    private record RetrySetting(JsonNode written, RetryPolicy policy) {}

    /** What is set, checked by putting it over the built-in default. */
    private Optional<RetrySetting> retry(Section in, String key) {
        return in.json(key).flatMap(written -> {
            try {
                return Optional.of(new RetrySetting(written, RetryPolicyFormat.parse(written, RetryPolicy.DEFAULT)));
            } catch (PolicyFormatException refused) {
                for (PolicyFormatException.Flaw flaw : refused.flaws()) {
                    in.complain(key, List.of(flaw.path().split("\\.")), in.path(key) + ": " + flaw);
                }
                return Optional.empty();
            }
        });
    }
}
