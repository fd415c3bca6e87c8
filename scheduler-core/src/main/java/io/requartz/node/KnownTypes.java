package io.requartz.node;

import io.requartz.api.ErrorClassifier;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.JobTypeRows;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.plugin.JobTypes;
import io.requartz.plugin.LoadedJobType;
import io.requartz.policy.PolicyTypes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Job types as this node knows them: its own plugins' first, then what other nodes have stored. Thread-safe. */
final class KnownTypes implements PolicyTypes {

    private final Database database;
    private final JobTypes own;
    private final JobTypeRows rows = new JobTypeRows();
    private final Map<String, JobTypeDefinition> stored = new ConcurrentHashMap<>();

    KnownTypes(Database database, JobTypes own) {
        this.database = database;
        this.own = own;
    }

    /** Names of the types that this node can run. */
    Collection<String> offered() {
        return own.all().stream().map(type -> type.definition().name()).toList();
    }

    /** Whether this node can run every type that it has heard of. */
    boolean offersAll() {
        return stored.keySet().stream().allMatch(name -> own.find(name).isPresent());
    }

    /** What the plugin of a type brings to tell its failures; nothing of types that this node does not have. */
    List<ErrorClassifier> classifiers(String name) {
        return own.find(name).map(LoadedJobType::classifiers).orElse(List.of());
    }

    /** From memory: for threads that must not touch the database. */
    @Override
    public Optional<JobTypeDefinition> remembered(String name) {
        return own.find(name).map(LoadedJobType::definition).or(() -> Optional.ofNullable(stored.get(name)));
    }

    /** From memory, or else from the database. */
    @Override
    public Optional<JobTypeDefinition> find(String name) {
        return remembered(name).or(() -> {
            // what no type can be called need not be asked for, and some of it no database could be asked for
            Optional<JobTypeDefinition> found = !JobTypeDefinition.isName(name)
                    ? Optional.empty()
                    : database.transactions().call("look for a job type", tx -> rows.find(tx, name));
            found.ifPresent(type -> stored.put(type.name(), type));
            return found;
        });
    }

    /** Reads what other nodes have stored. */
    void refresh() {
        List<JobTypeDefinition> all = database.transactions().call("read the job types", rows::all);
        all.forEach(type -> stored.put(type.name(), type));
    }

    @Override
    public List<JobTypeDefinition> all() {
        refresh();
        return stored.keySet().stream()
                .sorted()
                .map(name -> remembered(name).orElseThrow())
                .toList();
    }
}
