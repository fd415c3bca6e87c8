package io.requartz.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.requartz.definition.Definition;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.Definitions;
import io.requartz.failure.DeclaredCategories;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Problem;
import io.requartz.problem.Spelling;
import io.requartz.retry.PolicyLevel;
import io.requartz.retry.ResolvedPolicy;
import io.requartz.retry.RetryPolicy;
import io.requartz.retry.RetryPolicyFormat;
import io.requartz.run.Actor;
import io.requartz.run.FiredRun;
import io.requartz.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The retry policies of the cluster: which one holds for a run, what it is made of, and changing it while the cluster runs. A change
 * holds for the next decision on this node at once, on the others within a heartbeat. Thread-safe.
 */
public final class Policies {

    private static final Logger log = LoggerFactory.getLogger(Policies.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String OF_RUN = "run";

    private final Definitions definitions;
    private final PolicyTypes types;
    private final DeclaredCategories categories;
    private final PolicyStack stack;

    /** What was worked out since the definitions were last read; thrown away when they change. */
    private volatile Map<Followed, RetryPolicy> known = new ConcurrentHashMap<>();

    private record Followed(String type, JsonNode pluginSays, String named) {}

    public Policies(Definitions definitions, PolicyTypes types, DeclaredCategories categories) {
        this.definitions = definitions;
        this.types = types;
        this.categories = categories;
        this.stack = new PolicyStack(this::definition);
        definitions.onChange(() -> known = new ConcurrentHashMap<>());
    }

    private Optional<Definition> definition(String name) {
        return definitions.find(DefinitionKind.POLICY, name);
    }

    /** What categories there are, for whoever reads policies. */
    public DeclaredCategories categories() {
        return categories;
    }

    // ---- deciding

    /** What decides about a run now; from memory, never null, and never an exception. */
    public RetryPolicy of(FiredRun run) {
        RetryPolicy shared = shared(run.type(), run::payload);
        String own = run.origin().policy();
        if (own == null) {
            return shared;
        }
        try {
            return RetryPolicyFormat.parse(JSON.readTree(own), shared, categories);
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            log.warn("Run {}: its own policy is left out: {}", run.runId(), unreadable.getMessage());
            return shared;
        }
    }

    private RetryPolicy shared(String type, Supplier<String> payload) {
        // taken before anything is read: what comes of old definitions must not get into the map of new ones
        Map<Followed, RetryPolicy> current = known;
        JsonNode says =
                types.remembered(type).map(JobTypeDefinition::retry).orElseGet(JsonNodeFactory.instance::objectNode);
        Followed followed = new Followed(type, says, named(type, payload));
        RetryPolicy ready = current.get(followed);
        if (ready == null) {
            ResolvedPolicy resolved = ResolvedPolicy.of(levels(type, followed.named()), categories);
            resolved.leftOut().forEach(each -> log.error("Policy of job type {}: left out: {}", type, each));
            ready = resolved.policy();
            current.put(followed, ready);
        }
        return ready;
    }

    /** Null if the type follows none. */
    private String named(String type, Supplier<String> payload) {
        PolicyChoice choice = stack.choice(type);
        JsonNode fields = choice.asksPayload() ? tree(payload.get()) : JsonNodeFactory.instance.objectNode();
        return choice.name(fields, stack::exists).orElse(null);
    }

    private static JsonNode tree(String payload) {
        try {
            return JSON.readTree(payload);
        } catch (JsonProcessingException broken) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private List<PolicyLevel> levels(String type, String named) {
        Optional<JobTypeDefinition> known = types.remembered(type);
        return stack.ofType(
                type,
                known.map(JobTypeDefinition::plugin).orElse(""),
                known.map(JobTypeDefinition::retry).orElseGet(JsonNodeFactory.instance::objectNode),
                named);
    }

    // ---- a run's own keys

    /**
     * Whether a run may bring these keys.
     *
     * @param own JSON of an object; null: none
     * @throws Problem of kind INVALID
     */
    public void requireOwn(String type, String payload, String own) {
        if (own != null) {
            PolicyChecks.parse(object(own), shared(type, () -> payload), categories);
        }
    }

    private static JsonNode object(String json) {
        try {
            JsonNode tree = JSON.readTree(json);
            if (tree.isObject()) {
                return tree;
            }
        } catch (JsonProcessingException broken) {
            throw Problem.invalid("The policy is not JSON: " + broken.getOriginalMessage(), "Send a JSON object.");
        }
        throw Problem.invalid("The policy is no JSON object.", "Send keys and values, as in {\"max-attempts\": 3}.");
    }

    /** What holds for a run, its own keys included, and where each value comes from. */
    public ResolvedPolicy of(Run run) {
        List<PolicyLevel> levels = new ArrayList<>(levels(run.type(), named(run.type(), run::payload)));
        if (run.origin().policy() != null) {
            levels.add(new PolicyLevel(OF_RUN, tree(run.origin().policy())));
        }
        return ResolvedPolicy.of(levels, categories);
    }

    /** What holds for a type's runs that bring nothing of their own, by an empty payload. */
    public ResolvedPolicy of(JobTypeDefinition type) {
        return ResolvedPolicy.of(levelsOf(PolicyNames.ofType(type.name()), type), categories);
    }

    // ---- people

    /** The default, those with a name of their own, then those of all job types. */
    public List<PolicyInfo> list() {
        List<JobTypeDefinition> all = types.all();
        List<PolicyInfo> found = new ArrayList<>();
        found.add(info(PolicyNames.DEFAULT, null, all));
        ownNames().forEach(name -> found.add(info(name, null, all)));
        all.forEach(type -> found.add(info(PolicyNames.ofType(type.name()), type, all)));
        return found;
    }

    private List<String> ownNames() {
        return definitions.all(DefinitionKind.POLICY).stream()
                .map(Definition::name)
                .filter(stack::exists)
                .toList();
    }

    /** @throws Problem of kind NOT_FOUND */
    public PolicyInfo get(String name) {
        JobTypeDefinition type = PolicyNames.isOfType(name) ? type(name) : null;
        if (type == null && !name.equals(PolicyNames.DEFAULT) && !stack.exists(name)) {
            throw noSuchPolicy(name);
        }
        return info(name, type, types.all());
    }

    private JobTypeDefinition type(String name) {
        String type = PolicyNames.type(name);
        return types.find(type).orElseThrow(() -> noSuchPolicy(name));
    }

    private Problem noSuchPolicy(String name) {
        String shown = name.length() > 110 ? name.substring(0, 110) + "..." : name;
        List<String> names = new ArrayList<>(ownNames());
        names.add(PolicyNames.DEFAULT);
        types.all().forEach(type -> names.add(PolicyNames.ofType(type.name())));
        return Problem.notFound(
                "There is no policy '" + shown + "'" + Spelling.hint(shown, names) + ".",
                "List the policies: 'default', those with a name, and 'type:NAME' of each job type.");
    }

    private PolicyInfo info(String name, JobTypeDefinition type, List<JobTypeDefinition> all) {
        Optional<Definition> found = definition(name);
        PolicyChoice choice = type == null ? PolicyChoice.NONE : stack.choice(type.name());
        return new PolicyInfo(
                name,
                choice,
                ResolvedPolicy.of(levelsOf(name, type), categories),
                found.filter(each -> !each.retired())
                        .map(Definition::configured)
                        .orElse(null),
                found.map(Definition::live).orElse(null),
                found.map(Definition::version).orElse(0L),
                found.map(Definition::changedBy).orElse(null),
                found.map(Definition::changedAt).orElse(null),
                PolicyNames.isOwn(name)
                        ? all.stream()
                                .map(JobTypeDefinition::name)
                                .filter(each -> stack.choice(each).mayMean(name))
                                .toList()
                        : List.of());
    }

    private List<PolicyLevel> levelsOf(String name, JobTypeDefinition type) {
        if (name.equals(PolicyNames.DEFAULT)) {
            return stack.ofDefault();
        }
        if (type == null) {
            return stack.ofNamed(name);
        }
        return stack.ofType(type.name(), type.plugin(), type.retry(), named(type.name(), () -> "{}"));
    }

    /**
     * Sets what people say of a policy, all of it, in the place of what they said before. A name that there is not yet makes a new
     * policy.
     *
     * @param live keys of a policy, an object; of a type also {@code policy} and {@code policy-default}. Empty: back to what
     *     configuration says; a policy that configuration does not know is gone then
     * @param expectedVersion what the caller has seen, 0 for a new one; null: any
     * @param note why; may be null
     * @throws Problem of kind INVALID with all that is wrong, NOT_FOUND or STALE
     */
    public PolicyInfo change(String name, JsonNode live, Long expectedVersion, Actor by, String note) {
        JobTypeDefinition type = PolicyNames.isOfType(name) ? type(name) : null;
        if (type == null && !name.equals(PolicyNames.DEFAULT) && !PolicyNames.isOwn(name)) {
            throw Problem.invalid(
                    "A policy cannot be called '" + (name.length() > 110 ? name.substring(0, 110) + "..." : name)
                            + "'; expected " + PolicyNames.form() + ".",
                    "Choose another name, or change 'default' or 'type:NAME'.");
        }
        boolean there = type != null || name.equals(PolicyNames.DEFAULT) || stack.exists(name);
        if (live.isEmpty() && !there) {
            throw noSuchPolicy(name);
        }
        List<JobTypeDefinition> all = types.all();
        if (!there && all.stream().anyMatch(each -> each.name().equals(name))) {
            throw Problem.invalid(
                    "There is no policy '" + name + "', but a job type of this name.",
                    "Its policy is called '" + PolicyNames.ofType(name) + "'.");
        }
        new PolicyChecks(this::definition, ownNames(), all, categories).requireSense(name, live);
        definitions.change(DefinitionKind.POLICY, name, live.isEmpty() ? null : live, expectedVersion, by, note);
        log.info("{} changed policy {} to {}", by.name(), name, live);
        return info(name, type, all);
    }

    /**
     * The policy of a name with more keys over it, which nobody else sees.
     *
     * @param payload chooses the named policy where a type does it by payload; JSON of an object
     * @throws Problem of kind NOT_FOUND or INVALID
     */
    public RetryPolicy tried(String name, JsonNode keys, String payload) {
        JobTypeDefinition type = PolicyNames.isOfType(name) ? type(name) : null;
        if (type != null) {
            return PolicyChecks.parse(keys, shared(type.name(), () -> payload), categories);
        }
        return PolicyChecks.parse(keys, get(name).resolved().policy(), categories);
    }
}
