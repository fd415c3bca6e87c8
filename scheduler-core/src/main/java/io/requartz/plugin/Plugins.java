package io.requartz.plugin;

import io.requartz.api.ErrorClassifier;
import io.requartz.retry.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.quartz.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one loading of plugins gave: the job types that this node can run, where they came from, and what was quarantined.
 * Immutable; thread-safe. Closing it closes the plugins' class loaders, so close it when no job runs any more.
 */
public final class Plugins implements JobTypes, AutoCloseable {

    /** The {@link JobTypeDefinition#plugin()} of types that the embedding application adds. */
    public static final String APPLICATION = "application";

    private static final Logger log = LoggerFactory.getLogger(Plugins.class);

    private final Map<String, LoadedJobType> types;
    private final List<LoadedPlugin> plugins;
    private final List<Quarantined> quarantined;
    private final List<AutoCloseable> closeables;
    private final AtomicBoolean closed = new AtomicBoolean();

    Plugins(
            Map<String, LoadedJobType> types,
            List<LoadedPlugin> plugins,
            List<Quarantined> quarantined,
            List<AutoCloseable> closeables) {
        this.types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        this.plugins = List.copyOf(plugins);
        this.quarantined = List.copyOf(quarantined);
        this.closeables = List.copyOf(closeables);
    }

    /** For a node inside an application, whose own job classes need no jar. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Optional<LoadedJobType> find(String name) {
        return Optional.ofNullable(types.get(name));
    }

    @Override
    public Collection<LoadedJobType> all() {
        return types.values();
    }

    public List<LoadedPlugin> plugins() {
        return plugins;
    }

    public List<Quarantined> quarantined() {
        return quarantined;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (AutoCloseable each : closeables) {
            try {
                each.close();
            } catch (Exception e) {
                log.warn("{} could not be closed", each, e);
            }
        }
    }

    /** Not thread-safe. */
    public static final class Builder {
        private RetryPolicy defaults = RetryPolicy.DEFAULT;
        private UnaryOperator<JobTypeDefinition> configured = UnaryOperator.identity();
        private Path directory;
        private final List<Class<? extends Job>> classes = new ArrayList<>();
        private final List<ErrorClassifier> classifiers = new ArrayList<>();

        private Builder() {}

        /** The policy that annotations override; default {@link RetryPolicy#DEFAULT}. */
        public Builder defaults(RetryPolicy policy) {
            this.defaults = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /** Configuration to lay on top; default: none. */
        public Builder configured(UnaryOperator<JobTypeDefinition> operator) {
            this.configured = Objects.requireNonNull(operator, "operator");
            return this;
        }

        /** Where plugin jars are, beside the application's own types; default: none. */
        public Builder directory(Path plugins) {
            this.directory = Objects.requireNonNull(plugins, "plugins");
            return this;
        }

        /** A job class of the application. Its names win over those of jars. */
        public Builder add(Class<? extends Job> job) {
            classes.add(Objects.requireNonNull(job, "job"));
            return this;
        }

        /** Asked about the failures of the application's own job types, in the order in which they are added. */
        public Builder classifier(ErrorClassifier classifier) {
            classifiers.add(Objects.requireNonNull(classifier, "classifier"));
            return this;
        }

        /** @throws IllegalArgumentException if a class that was added cannot be a job type; jars never make it throw */
        public Plugins build() {
            PluginCollection collection = new PluginCollection();
            List<String> names = new ArrayList<>();
            for (Class<? extends Job> job : classes) {
                names.add(addTo(collection, job));
            }
            if (!names.isEmpty()) {
                collection.embeddedPlugin(new LoadedPlugin(APPLICATION, "", "", "", names, Map.of(), List.of()));
            }
            return directory == null
                    ? collection.finished()
                    : new PluginLoader(directory, defaults, configured).load(collection);
        }

        private String addTo(PluginCollection collection, Class<? extends Job> job) {
            try {
                JobTypeReader reader =
                        new JobTypeReader(APPLICATION, name -> resource(job, name), defaults, configured, classifiers);
                LoadedJobType type = reader.read(job, "");
                collection.addEmbedded(type);
                return type.definition().name();
            } catch (PluginRefused e) {
                throw new IllegalArgumentException(e.getMessage() + ". " + e.hint(), e);
            } catch (IOException e) {
                throw new IllegalArgumentException("a resource of " + job.getName() + " cannot be read: " + e, e);
            }
        }

        private static Optional<byte[]> resource(Class<?> job, String name) throws IOException {
            try (InputStream in = job.getResourceAsStream("/" + name)) {
                return in == null ? Optional.empty() : Optional.of(in.readNBytes(PluginLimits.TEXT_BYTES));
            }
        }
    }
}
