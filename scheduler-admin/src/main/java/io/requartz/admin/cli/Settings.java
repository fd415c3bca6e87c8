package io.requartz.admin.cli;

import io.requartz.admin.node.NodeProcess;
import io.requartz.config.ConfigLoader;
import io.requartz.config.RequartzConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the command line, the environment and the configuration say together. */
final class Settings {

    static final String TOKEN_FILE = "admin-token";
    private static final List<String> TOKEN_VARIABLES = List.of("REQUARTZ_TOKEN", "REQUARTZ_ADMIN_TOKEN");

    /**
     * What was typed.
     *
     * @param config later ones over earlier ones; empty: the one that is there
     * @param server null: by the configuration
     */
    record Given(List<Path> config, List<String> options, String server) {}

    private final Terminal terminal;
    private final Given given;
    private RequartzConfig loaded;

    Settings(Terminal terminal, Given given) {
        this.terminal = terminal;
        this.given = given;
    }

    /** @throws io.requartz.config.ConfigException if it cannot be used */
    RequartzConfig config() {
        if (loaded == null) {
            loaded = ConfigLoader.load(configFiles(), terminal.environment(), given.options());
        }
        return loaded;
    }

    /**
     * The configuration of a demo: its files, over them what the command line says. Never what the environment says: it may point to
     * a real node's database.
     *
     * @param references what the files may refer to beside the environment
     */
    RequartzConfig demoConfig(List<Path> files, Map<String, String> references) {
        Map<String, String> environment = new HashMap<>(references);
        terminal.environment().forEach((name, value) -> {
            if (!name.startsWith("REQUARTZ_") || name.equals("REQUARTZ_HOME")) {
                environment.putIfAbsent(name, value);
            }
        });
        return ConfigLoader.load(
                Stream.concat(files.stream(), given.config().stream()).toList(), environment, given.options());
    }

    /** Whether commands must name the data directory to find the token in it. */
    boolean dataGiven() {
        return given.options().stream().anyMatch(option -> option.startsWith("node.data="));
    }

    /** The port that commands use if nothing is said on the command line. */
    int usualPort() {
        return ConfigLoader.load(configFiles(), terminal.environment(), List.of())
                .http()
                .port();
    }

    private List<Path> configFiles() {
        if (!given.config().isEmpty()) {
            return given.config();
        }
        String variable = terminal.environment().getOrDefault("REQUARTZ_CONFIG", "");
        if (!variable.isEmpty()) {
            return Stream.of(variable.split(",")).map(Path::of).toList();
        }
        Path usual = terminal.home().resolve("conf").resolve("requartz.yaml");
        return Files.isRegularFile(usual) ? List.of(usual) : List.of();
    }

    /** Where the API is; without a path. */
    URI server() {
        if (given.server() == null) {
            String host = config().http().host();
            return URI.create("http://" + NodeProcess.reachable(host) + ":"
                    + config().http().port());
        }
        try {
            URI uri = URI.create(given.server().strip().replaceFirst("/+$", ""));
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException noUri) {
            // told below
        }
        throw CliFailure.usage(
                "--server is '" + given.server() + "', which is not an address.",
                "Write it as in http://127.0.0.1:8080.");
    }

    /** The bearer token for this server; empty if none is known. A local node's token is never sent to another machine. */
    Optional<String> token(URI server) {
        Optional<String> given = TOKEN_VARIABLES.stream()
                .map(name -> terminal.environment().getOrDefault(name, "").strip())
                .filter(token -> !token.isEmpty())
                .findFirst();
        if (given.isPresent() || !isThisMachine(server)) {
            return given;
        }
        return tokenDirectories().stream()
                .filter(directory -> Files.isReadable(directory.resolve(TOKEN_FILE)))
                .min((one, other) -> Boolean.compare(belongs(other, server), belongs(one, server)))
                .flatMap(directory -> content(directory.resolve(TOKEN_FILE)));
    }

    /** The demo's is looked at too, so that its commands can be typed as they are. */
    private List<Path> tokenDirectories() {
        Path data = config().node().data();
        return dataGiven() ? List.of(data) : List.of(data, data.resolve("demo"));
    }

    private static boolean belongs(Path directory, URI server) {
        return content(directory.resolve(NodeProcess.ADDRESS_FILE))
                .map(address -> address.endsWith(":" + server.getPort()))
                .orElse(false);
    }

    private static Optional<String> content(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isThisMachine(URI server) {
        try {
            return InetAddress.getByName(server.getHost()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
