package io.requartz.plugin;

import io.requartz.retry.RetryPolicy;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the plugins of a directory: every {@code *.jar} in it, in the order of their names. A jar that cannot be used is
 * quarantined with a reason, and the others are loaded; no jar, whatever it is, stops the node. A directory that does not exist
 * holds no plugins.
 *
 * <p>No code of a plugin runs while it is loaded: its classes are initialized by the first job that is made of them.
 */
public final class PluginLoader {

    private static final Logger log = LoggerFactory.getLogger(PluginLoader.class);

    private final Path directory;
    private final RetryPolicy defaults;
    private final UnaryOperator<JobTypeDefinition> configured;
    private final PluginLimits limits;
    private final Path workspaces;

    /** As the other, with {@link RetryPolicy#DEFAULT} for what annotations leave open. */
    public PluginLoader(Path directory, UnaryOperator<JobTypeDefinition> configured) {
        this(directory, RetryPolicy.DEFAULT, configured);
    }

    /**
     * @param defaults the policy that annotations override key by key
     * @param configured lays the configuration on top of what a plugin says; if it throws, the type is not loaded
     */
    public PluginLoader(Path directory, RetryPolicy defaults, UnaryOperator<JobTypeDefinition> configured) {
        this(directory, defaults, configured, PluginLimits.DEFAULT, Path.of(System.getProperty("java.io.tmpdir")));
    }

    PluginLoader(
            Path directory,
            RetryPolicy defaults,
            UnaryOperator<JobTypeDefinition> configured,
            PluginLimits limits,
            Path workspaces) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.defaults = Objects.requireNonNull(defaults, "defaults");
        this.configured = Objects.requireNonNull(configured, "configured");
        this.limits = limits;
        this.workspaces = workspaces;
    }

    public Plugins load() {
        return load(new PluginCollection());
    }

    /** Adds to what is there; names that are taken stay taken. */
    Plugins load(PluginCollection collection) {
        List<Path> jars = jars(collection);
        if (jars.isEmpty()) {
            return collection.finished();
        }
        try {
            PluginWorkspace workspace = PluginWorkspace.open(workspaces);
            collection.closeLast(workspace);
            for (Path jar : jars) {
                loadOne(jar, workspace, collection);
            }
        } catch (IOException e) {
            String reason = "no private copy could be made in " + workspaces + ": " + e;
            jars.forEach(jar -> collection.quarantine(
                    jar,
                    reason,
                    "Make room there and make it writable, or set another directory by -Djava.io.tmpdir."));
        }
        return collection.finished();
    }

    private List<Path> jars(PluginCollection collection) {
        List<Path> jars = new ArrayList<>();
        if (Files.notExists(directory)) {
            log.info("Plugin directory {} does not exist: no plugins", directory.toAbsolutePath());
            return jars;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.jar")) {
            for (Path jar : found) {
                if (!fileName(jar).startsWith(".")) {
                    jars.add(jar);
                }
            }
        } catch (IOException | RuntimeException e) {
            collection.quarantine(
                    directory,
                    "the plugin directory cannot be listed: " + e,
                    "Let plugins.directory name a readable directory.");
        }
        jars.sort(Comparator.comparing(PluginLoader::fileName));
        return jars;
    }

    private void loadOne(Path jar, PluginWorkspace workspace, PluginCollection collection) {
        try {
            PluginWorkspace.Copy copy = workspace.copy(realFile(jar), limits.jarBytes());
            collection.add(new PluginReading(fileName(jar), copy, limits, defaults, configured).read());
        } catch (PluginRefused e) {
            collection.quarantine(jar, e.getMessage(), e.hint());
        } catch (IOException e) {
            collection.quarantine(
                    jar, "it cannot be read: " + e, "Check that the file exists and may be read by this process.");
        } catch (Throwable e) {
            // Whatever a jar can make the JVM throw, a StackOverflowError included, is this jar's affair only.
            log.debug("{} could not be loaded", jar, e);
            collection.quarantine(
                    jar, "it could not be loaded: " + e, "Build the jar again; the node's debug log has the details.");
        }
    }

    /** The file behind a link, which must lie in the directory, too. */
    private Path realFile(Path jar) throws IOException, PluginRefused {
        if (Files.isSymbolicLink(jar)) {
            Path target = realTarget(jar);
            if (!target.startsWith(directory.toRealPath())) {
                throw new PluginRefused(
                        "it is a link to " + target + ", outside the plugin directory",
                        "Copy the jar into the directory instead of linking it.");
            }
            return requireFile(target);
        }
        return requireFile(jar);
    }

    private static Path realTarget(Path link) throws PluginRefused {
        try {
            return link.toRealPath();
        } catch (IOException e) {
            throw new PluginRefused(
                    "it is a link to nothing that can be read: " + e, "Remove the link or its cause.", e);
        }
    }

    private static Path requireFile(Path path) throws PluginRefused {
        if (!Files.isRegularFile(path)) {
            throw new PluginRefused("it is not a file", "Put only jars under names that end in .jar.");
        }
        return path;
    }

    static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
