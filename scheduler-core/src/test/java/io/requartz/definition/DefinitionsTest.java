package io.requartz.definition;

import static io.requartz.definition.DefinitionKind.POLICY;
import static io.requartz.definition.DefinitionKind.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.requartz.audit.AuditEntry;
import io.requartz.audit.AuditFilter;
import io.requartz.jdbc.AuditRows;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.DefinitionRows;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.SettableClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DefinitionsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Actor ANNA = new Actor("token:anna");
    private static final Actor NODE = new Actor("node:one");

    private final SettableClock clock = SettableClock.atSomeTime();
    private TestSchema schema;
    private HikariDataSource pool;
    private Database database;

    private void open(TestDatabase kind) throws Exception {
        schema = kind.fresh();
        pool = Pools.create("definitions", schema.jdbcUrl(), schema.user(), schema.password(), 3);
        database = Database.of(pool, "test");
        Migration.migrate(pool, database.dialect());
    }

    @AfterEach
    void close() throws Exception {
        if (schema != null) {
            pool.close();
            schema.close();
        }
    }

    private Definitions node() {
        return new Definitions(database.transactions(), new DefinitionRows(), new AuditRows(clock), clock);
    }

    private List<AuditEntry> audit() {
        return database.transactions().call("read", tx -> new AuditRows(clock).list(tx, AuditFilter.ALL, 100, null));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    private static DefinitionSet scopes(String... names) {
        DefinitionSet set = DefinitionSet.EMPTY;
        for (String name : names) {
            set = set.with(SCOPE, name, json("{\"disable-after\": 3, \"label\": \"x\"}"));
        }
        return set;
    }

    @ParameterizedTest
    @EnumSource
    void theNewestSetCountsAndWhatItLacksIsRetired(TestDatabase kind) throws Exception {
        open(kind);
        Definitions one = node();
        Definitions two = node();

        one.storeSet(scopes("sync", "menu"), NODE);
        two.storeSet(scopes("sync", "menu"), NODE);
        assertThat(audit()).as("the same set is stored once").hasSize(1);

        two.storeSet(scopes("sync", "orders"), NODE);
        assertThat(one.refresh()).isTrue();
        assertThat(one.refresh()).isFalse();
        assertThat(one.all(SCOPE)).extracting(Definition::name).containsExactly("menu", "orders", "sync");
        assertThat(one.all(SCOPE))
                .filteredOn(Definition::retired)
                .extracting(Definition::name)
                .containsExactly("menu");

        one.storeSet(scopes("sync", "menu"), NODE);
        assertThat(one.find(SCOPE, "menu").orElseThrow().retired()).isFalse();
        assertThat(one.find(POLICY, "menu")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aLiveChangeLiesOverConfigurationAndOtherNodesReadIt(TestDatabase kind) throws Exception {
        open(kind);
        Definitions one = node();
        Definitions two = node();
        one.storeSet(scopes("sync"), NODE);
        two.refresh();
        int[] told = new int[1];
        two.onChange(() -> told[0]++);

        Definition changed =
                one.change(SCOPE, "sync", json("{\"disable-after\": 5, \"label\": null}"), 0L, ANNA, "calmer");

        assertThat(changed.version()).isEqualTo(1);
        assertThat(one.find(SCOPE, "sync")).contains(changed);
        assertThat(two.find(SCOPE, "sync").orElseThrow().live()).isNull();
        assertThat(two.refresh()).isTrue();
        assertThat(told[0]).isEqualTo(1);
        assertThat(two.find(SCOPE, "sync").orElseThrow().effective()).isEqualTo(json("{\"disable-after\": 5}"));

        Definition back = two.change(SCOPE, "sync", null, null, ANNA, null);
        assertThat(back.effective()).isEqualTo(json("{\"disable-after\": 3, \"label\": \"x\"}"));
        assertThat(back.retired()).isFalse();
        assertThat(back.version()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCreatedLiveSurvivesNewSetsUntilItIsDeleted(TestDatabase kind) throws Exception {
        open(kind);
        Definitions one = node();
        one.storeSet(scopes("sync"), NODE);
        one.change(POLICY, "calm", json("{\"max-attempts\": 3}"), 0L, ANNA, null);

        one.storeSet(scopes("orders"), NODE);
        assertThat(one.find(POLICY, "calm").orElseThrow().retired()).isFalse();

        assertThat(one.change(POLICY, "calm", null, 1L, ANNA, "not needed").retired())
                .isTrue();
        assertThat(one.change(POLICY, "calm", json("{}"), 2L, ANNA, null).retired())
                .isFalse();
        assertThat(audit())
                .extracting(AuditEntry::action)
                .containsExactly(
                        "policy.create", "policy.delete", "definitions.store", "policy.create", "definitions.store");
        AuditEntry deleted = audit().get(1);
        assertThat(deleted)
                .isEqualTo(new AuditEntry(
                        deleted.seq(),
                        clock.instant(),
                        "token:anna",
                        "policy.delete",
                        "policy",
                        "calm",
                        "{\"max-attempts\":3}",
                        null,
                        "not needed"));
    }

    @ParameterizedTest
    @EnumSource
    void aChangeOverAStaleVersionIsRefusedAndLeavesNoTrace(TestDatabase kind) throws Exception {
        open(kind);
        Definitions one = node();
        one.change(POLICY, "calm", json("{}"), 0L, ANNA, null);

        assertThatThrownBy(() -> one.change(POLICY, "calm", json("{\"a\": 1}"), 0L, ANNA, null))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.STALE);
                    assertThat(problem)
                            .hasMessageContaining("version 1, changed by token:anna; version 0 was expected");
                });
        assertThat(audit()).hasSize(1);
        assertThat(one.find(POLICY, "calm").orElseThrow().version()).isEqualTo(1);
    }
}
