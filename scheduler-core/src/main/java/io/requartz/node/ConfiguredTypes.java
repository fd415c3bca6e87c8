package io.requartz.node;

import io.requartz.api.ErrorClassifier;
import io.requartz.config.RequartzConfig;
import io.requartz.config.TypeConfig;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.plugin.JobTypes;
import io.requartz.plugin.LoadedJobType;
import io.requartz.plugin.PayloadSchema;
import io.requartz.problem.Problem;
import io.requartz.problem.Spelling;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quartz.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job types of the plugins, with what configuration adds to them: settings, and types of its own that are made of theirs.
 * Immutable; thread-safe.
 */
public final class ConfiguredTypes implements JobTypes {

    private static final Logger log = LoggerFactory.getLogger(ConfiguredTypes.class);

    private final Map<String, LoadedJobType> types;

    private ConfiguredTypes(Map<String, LoadedJobType> types) {
        this.types = types;
    }

    /**
     * A type whose plugin this node lacks is left out with a warning, as a plugin that cannot be used is: its runs wait for a node
     * that has it.
     *
     * @throws Problem of kind INVALID if a name is taken by a plugin's type, or settings are not what their job takes
     */
    public static ConfiguredTypes of(JobTypes plugins, RequartzConfig config) {
        Map<String, LoadedJobType> types = new LinkedHashMap<>();
        for (LoadedJobType own : plugins.all()) {
            String name = own.definition().name();
            TypeConfig said = config.types().get(name);
            if (said != null && said.job() != null) {
                throw Problem.invalid(
                        "types." + name + ".job: " + name + " is a job type of the plugin "
                                + own.definition().plugin() + " already.",
                        "Give the type another name.");
            }
            types.put(name, withSettings(own, own.definition(), said));
        }
        config.types().forEach((name, said) -> {
            if (said.job() != null) {
                plugins.find(said.job())
                        .ifPresentOrElse(
                                base -> types.put(name, withSettings(base, config.configured(named(name, base)), said)),
                                () -> log.warn(
                                        "types.{}.job: no plugin of this node has the job type {}{}. Runs of {} wait for a node that has it.",
                                        name,
                                        said.job(),
                                        Spelling.hint(said.job(), names(plugins)),
                                        name));
            }
        });
        return new ConfiguredTypes(types);
    }

    private static List<String> names(JobTypes types) {
        return types.all().stream().map(type -> type.definition().name()).toList();
    }

    /** As the plugin has it, under another name. */
    private static JobTypeDefinition named(String name, LoadedJobType base) {
        JobTypeDefinition of = base.definition();
        return new JobTypeDefinition(
                name,
                of.plugin(),
                name,
                of.description(),
                of.jobClass(),
                of.retry(),
                of.timeLimit(),
                of.payloadSchema(),
                of.exclusive());
    }

    private static LoadedJobType withSettings(LoadedJobType base, JobTypeDefinition definition, TypeConfig said) {
        if (said == null || (said.job() == null && said.settings().isEmpty())) {
            return base;
        }
        String settings = said.settings().isEmpty() ? null : said.settings().reveal();
        if (settings != null && base.settingsSchema() != null) {
            List<String> wrong = PayloadSchema.compile(base.settingsSchema()).violations(settings);
            if (!wrong.isEmpty()) {
                throw Problem.invalid(
                        "types." + definition.name() + ".settings are not what "
                                + base.definition().name() + " takes: " + String.join("; ", wrong) + ".",
                        "Correct them in the configuration; docs/jobs.md has what each job takes.",
                        wrong);
            }
        }
        return new Configured(base, definition, settings);
    }

    @Override
    public Optional<LoadedJobType> find(String name) {
        return Optional.ofNullable(types.get(name));
    }

    @Override
    public Collection<LoadedJobType> all() {
        return types.values();
    }

    /** A plugin's job under this definition, with settings. */
    private record Configured(LoadedJobType base, JobTypeDefinition definition, String settings)
            implements LoadedJobType {

        @Override
        public ClassLoader classLoader() {
            return base.classLoader();
        }

        @Override
        public List<ErrorClassifier> classifiers() {
            return base.classifiers();
        }

        @Override
        public Job newJob() throws Exception {
            return base.newJob();
        }

        /** Settings may hold what must not be seen. */
        @Override
        public String toString() {
            return definition.name();
        }
    }
}
