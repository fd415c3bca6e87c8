package io.requartz.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.requartz.config.Tree.Branch;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.DefinitionSet;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.schedule.ScheduleFormat;
import io.requartz.schedule.ScheduleFormatException;
import io.requartz.scope.ScopeFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the configuration: a file, further ones over it, over them the environment ({@code REQUARTZ_DATABASE_URL}), over it {@code --set} options
 * ({@code database.url=...}). Values may refer to {@code ${NAME}}, {@code ${NAME:-otherwise}} and {@code ${file:PATH}}.
 *
 * <p>Relative paths are relative to {@code REQUARTZ_HOME} of the environment, else to the working directory.
 */
public final class ConfigLoader {

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
     * @param files later ones over earlier ones, key by key; a key without a value takes back what an earlier one says; lists are
     *     replaced as a whole; none: only defaults, environment and options
     * @param setOptions {@code KEY=VALUE}, later ones over earlier ones
     * @throws ConfigException if anything is wrong, telling all of it
     */
    public static RequartzConfig load(List<Path> files, Map<String, String> environment, List<String> setOptions) {
        return new ConfigLoader(environment).load(files, setOptions);
    }

    private RequartzConfig load(List<Path> files, List<String> setOptions) {
        Branch root = files.isEmpty() ? Branch.empty(Origin.of("defaults")) : read(files.get(0));
        files.stream().skip(1).forEach(file -> Overlay.lay(read(file), root));
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
        sections.addAll(List.of(Keys.RETRY, Keys.POLICIES, Keys.SCOPES, Keys.TYPES, Keys.SCHEDULES));
        root.knows(sections);
        NodeConfig node = node(area(root, "node"));
        ErrorsConfig errors = new ErrorsReader().read(area(root, "errors"));
        PolicySettings policies = new PolicySettings(root, errors.declared());
        Set<String> scopes = root.section(Keys.SCOPES).entries().keySet();
        return new RequartzConfig(
                node,
                database(area(root, "database"), node),
                cluster(area(root, "cluster")),
                workers(area(root, "workers")),
                http(area(root, "http")),
                new PluginsConfig(area(root, "plugins").path("directory", "plugins", home)),
                limits(area(root, "limits")),
                errors,
                policies.defaults(),
                new TypesReader(policies, scopes).read(root.section(Keys.TYPES)),
                schedules(root.section(Keys.SCHEDULES), scopes(root.section(Keys.SCOPES), policies.definitions())));
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
                in.integer("batch", defaults.batch(), WorkersConfig.BATCH),
                in.flag("virtual", defaults.virtual()));
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

    private DefinitionSet schedules(Section in, DefinitionSet others) {
        DefinitionSet all = others;
        for (Map.Entry<String, Tree.Entry> entry : in.entries().entrySet()) {
            String name = entry.getKey();
            try {
                ScheduleFormat.requireName(name);
                JsonNode written = in.json(name).orElseGet(JsonNodeFactory.instance::objectNode);
                ScheduleFormat.parse(name, written);
                all = all.with(DefinitionKind.SCHEDULE, name, ScheduleFormat.normal(written));
            } catch (ScheduleFormatException refused) {
                refused.flaws()
                        .forEach(flaw ->
                                in.complain(name, List.of(flaw.path().split("\\.")), in.path(name) + ": " + flaw));
            } catch (IllegalArgumentException badName) {
                complaints.add(entry.getValue().key(), "'" + name + "' cannot be a schedule: " + badName.getMessage());
            }
        }
        return all;
    }
}
