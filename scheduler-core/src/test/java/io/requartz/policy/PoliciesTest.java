package io.requartz.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.requartz.api.ErrorCategory;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.DefinitionSet;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.plugin.Plugins;
import io.requartz.problem.Problem;
import io.requartz.retry.Backoff;
import io.requartz.retry.ResolvedPolicy;
import io.requartz.run.Actor;
import io.requartz.run.Attempt;
import io.requartz.run.Run;
import io.requartz.run.RunEdit;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.store.ScriptedJob;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which policy decides, on two nodes of one cluster. */
class PoliciesTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Actor ANNA = new Actor("token:anna");
    private static final String TYPE = "type:scripted";

    private final SettableClock clock = SettableClock.atSomeTime();
    private TestSchema schema;
    private HikariDataSource pool;
    private ManualScheduler one;
    private ManualScheduler two;

    @BeforeEach
    void join() throws Exception {
        schema = TestDatabase.H2.fresh();
        pool = Pools.create("policies", schema.jdbcUrl(), schema.user(), schema.password(), 5);
        Database database = Database.of(pool, "test");
        Migration.migrate(pool, database.dialect());
        DefinitionSet configured = DefinitionSet.EMPTY
                .with(DefinitionKind.POLICY, "default", json("{'max-attempts': 7, 'jitter': 'none'}"))
                .with(DefinitionKind.POLICY, "message-email", json("{'backoff': {'linear': '15m'}, 'max-retries': 10}"))
                .with(DefinitionKind.POLICY, "message-sms", json("{'backoff': {'fixed': '1m'}, 'max-retries': 2}"))
                .with(
                        DefinitionKind.POLICY,
                        TYPE,
                        json("{'policy': 'message-{message_type}', 'policy-default': 'message-sms'}"));
        one = node("one", database, configured);
        two = node("two", database, configured);
    }

    private ManualScheduler node(String id, Database database, DefinitionSet configured) {
        return ManualScheduler.join(
                id, database, Plugins.builder().add(ScriptedJob.class).build(), clock, Gate.OPEN, configured);
    }

    @AfterEach
    void leave() throws Exception {
        one.close();
        two.close();
        pool.close();
        schema.close();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    private Run submit(String messageType, String policy) {
        String type = messageType == null ? "" : ", \"message_type\": " + messageType;
        return one.runs()
                .submit(Submission.of("scripted")
                        .payload("{\"script\": [\"500\", \"500\", \"500\", \"500\"]" + type + "}")
                        .policy(policy)
                        .by(ANNA)
                        .build())
                .run();
    }

    private Attempt failed(ManualScheduler node, Run run) {
        node.runDue();
        var attempts = node.runs().attempts(run.id());
        return attempts.get(attempts.size() - 1);
    }

    @Test
    void thePayloadChoosesThePolicy() {
        assertThat(failed(one, submit("\"email\"", null)).delay()).isEqualTo(Duration.ofMinutes(15));
        assertThat(failed(one, submit("\"sms\"", null)).delay()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aPayloadThatLeadsToNoPolicyFollowsTheDefaultOne() {
        for (String type : new String[] {null, "\"fax\"", "7", "null", "[\"email\"]", "{\"a\": 1}", "\"../default\""}) {
            assertThat(failed(one, submit(type, null)).delay()).as(type).isEqualTo(Duration.ofMinutes(1));
        }
    }

    @Test
    void aLiveChangeHoldsForTheNextDecisionHereAtOnceAndElsewhereAfterABeat() {
        Run run = submit("\"email\"", null);
        assertThat(failed(two, run).delay()).isEqualTo(Duration.ofMinutes(15));

        one.policies().change("message-email", json("{'backoff': {'fixed': '5s'}}"), 0L, ANNA, "too slow");

        two.refreshDefinitions();
        clock.advance(Duration.ofMinutes(15));
        assertThat(failed(two, run).delay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(failed(one, submit("\"email\"", null)).delay()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aRunsOwnKeysLieOverEverything() {
        one.policies().change(TYPE, json("{'max-attempts': 9}"), null, ANNA, null);

        Run once = submit("\"email\"", "{\"max-attempts\": 1}");
        Run off = submit("\"email\"", "{\"retry-enabled\": false}");
        Run faster = submit("\"email\"", "{\"backoff\": {\"fixed\": \"2s\"}}");
        one.runDue();

        assertThat(one.runs().get(once.id()).state()).isEqualTo(RunState.DEAD);
        assertThat(one.runs().get(off.id()).reason()).isEqualTo("not_retryable");
        assertThat(one.runs().attempts(faster.id()).get(0).delay()).isEqualTo(Duration.ofSeconds(2));
        ResolvedPolicy resolved = one.policies().of(one.runs().get(faster.id()));
        assertThat(resolved.from())
                .containsEntry("backoff", "run")
                .containsEntry("max-attempts", "live: type:scripted")
                .containsEntry("jitter", "plugin: application")
                .containsEntry("max-elapsed", "built-in default");
    }

    @Test
    void aRunsOwnKeysCanBeChangedAndTakenAway() {
        Run run = submit("\"email\"", "{\"max-attempts\": 1}");

        Run changed = one.runs()
                .edit(
                        run.id(),
                        new RunEdit(null, null, null, "{\"max-attempts\": 2}"),
                        run.version(),
                        ANNA,
                        "once more");
        assertThat(changed.origin().policy()).isEqualTo("{\"max-attempts\": 2}");
        assertThat(one.runs().events(run.id()).get(0).detail())
                .contains("policy_before")
                .contains("max-attempts");

        Run bare = one.runs().edit(run.id(), new RunEdit(null, null, null, "{}"), null, ANNA, null);
        assertThat(bare.origin().policy()).isNull();
        assertThatThrownBy(() -> one.runs()
                        .edit(run.id(), new RunEdit(null, null, null, "{\"max-atempts\": 2}"), null, ANNA, null))
                .hasMessageContaining("max-attempts");
    }

    @Test
    void aRunThatBringsNonsenseIsRefused() {
        for (String own : new String[] {
            "{\"max-attempts\": 0}",
            "{\"backoff\": {\"table\": [\"1h\", \"-6h\"]}}",
            "{\"max-delay\": \"1s\", \"min-delay\": \"1h\"}",
            "{\"never-on\": [\"timeuot\"]}",
            "[]",
            "7",
            "not JSON"
        }) {
            assertThatThrownBy(() -> submit("\"email\"", own))
                    .as(own)
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID));
        }
    }

    @Test
    void aCopyOfARunKeepsItsOwnKeys() {
        Run run = submit("\"email\"", "{\"retry-enabled\": false, \"when-over\": \"close\"}");
        one.runDue();

        Run copy = one.runs().retryNow(run.id(), ANNA, null, null, null);

        assertThat(one.runs().get(run.id()).state()).isEqualTo(RunState.FAILED);
        assertThat(copy.origin().policy()).isEqualTo(run.origin().policy());
    }

    @Test
    void everyPolicyIsListedWithWhereItsValuesComeFrom() {
        assertThat(one.policies().list())
                .extracting(PolicyInfo::name)
                .containsExactly("default", "message-email", "message-sms", TYPE);
        PolicyInfo email = one.policies().get("message-email");
        assertThat(email.usedBy()).containsExactly("scripted");
        assertThat(email.resolved().from())
                .containsEntry("backoff", "configuration: policies.message-email")
                .containsEntry("max-attempts", "configuration: policies.message-email")
                .containsEntry("jitter", "configuration: retry")
                .containsEntry("max-elapsed", "built-in default");
        PolicyInfo type = one.policies().get(TYPE);
        assertThat(type.choice()).isEqualTo(new PolicyChoice("message-{message_type}", "message-sms"));
        assertThat(type.resolved().policy().rule().backoff()).isEqualTo(new Backoff.Fixed(Duration.ofMinutes(1)));
        assertThatThrownBy(() -> one.policies().get("message-emial")).hasMessageContaining("'message-email'");
    }

    @Test
    void aStaleChangeIsRefused() {
        PolicyInfo first = one.policies().change("default", json("{'max-attempts': 2}"), 0L, ANNA, null);
        assertThat(first.version()).isEqualTo(1);

        assertThatThrownBy(() -> two.policies().change("default", json("{'max-attempts': 3}"), 0L, ANNA, null))
                .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.STALE))
                .satisfies(problem -> assertThat(problem).hasMessageContaining("version 1"));
    }

    @Test
    void aPolicyCanBeMadeLiveFollowedAndTakenAwayAgain() {
        one.policies().change("message-fax", json("{'backoff': {'fixed': '3s'}}"), 0L, ANNA, null);
        assertThat(failed(one, submit("\"fax\"", null)).delay()).isEqualTo(Duration.ofSeconds(3));

        one.policies().change("message-fax", json("{}"), 1L, ANNA, null);

        assertThat(failed(one, submit("\"fax\"", null)).delay()).isEqualTo(Duration.ofMinutes(1));
        assertThatThrownBy(() -> one.policies().get("message-fax")).isInstanceOf(Problem.class);
    }

    @Test
    void aTypeCanBeTurnedToAnotherPolicyLive() {
        one.policies().change(TYPE, json("{'policy': 'message-email'}"), null, ANNA, null);

        assertThat(failed(one, submit("\"sms\"", null)).delay()).isEqualTo(Duration.ofMinutes(15));
        assertThatThrownBy(() -> one.policies().change(TYPE, json("{'policy': 'message-emial'}"), null, ANNA, null))
                .hasMessageContaining("did you mean 'message-email'?");
    }

    @Test
    void changesThatMakeNoSenseAreRefusedWithAllThatIsWrong() {
        assertThatThrownBy(() -> one.policies()
                        .change("default", json("{'max-atempts': 2, 'jitter': 7, 'max-delay': '1'}"), null, ANNA, null))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.details()).hasSize(3));
        assertThatThrownBy(() -> one.policies().change("bad name", json("{'jitter': 'none'}"), null, ANNA, null))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> one.policies().change("scripted", json("{'jitter': 'none'}"), null, ANNA, null))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.hint()).contains("'type:scripted'"));
        assertThatThrownBy(() -> one.policies().change("type:nobody", json("{'jitter': 'none'}"), null, ANNA, null))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_FOUND));
    }

    @Test
    void aChangeThatContradictsWhatLiesOverItIsRefusedAndNamesIt() {
        one.policies().change(TYPE, json("{'min-delay': '30m'}"), null, ANNA, null);

        assertThatThrownBy(() -> one.policies().change("default", json("{'max-delay': '1m'}"), null, ANNA, null))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.details())
                                .anyMatch(detail -> detail.startsWith("job type scripted: live: type:scripted")));
        assertThat(one.policies().get("default").version()).isZero();
    }

    @Test
    void triesKeysThatNobodyElseSees() {
        assertThat(one.policies()
                        .tried(TYPE, json("{'max-attempts': 3}"), "{\"message_type\": \"email\"}")
                        .ruleFor(ErrorCategory.TIMEOUT)
                        .backoff())
                .isEqualTo(new Backoff.Linear(Duration.ofMinutes(15)));
        assertThat(one.policies().get(TYPE).version()).isZero();
    }
}
