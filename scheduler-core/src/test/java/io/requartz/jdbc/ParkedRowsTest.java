package io.requartz.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.guard.Gate;
import io.requartz.guard.ParkedRuns.Parked;
import io.requartz.run.Priority;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParkedRowsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static void on(TestDatabase database, BiConsumer<Tx, ParkedRows> test) throws Exception {
        try (TestSchema schema = database.fresh();
                HikariDataSource pool = Pools.create("parked", schema.jdbcUrl(), schema.user(), schema.password(), 5)) {
            Database opened = Database.of(pool, "parked");
            Migration.migrate(pool, opened.dialect());
            opened.transactions().run("test", tx -> test.accept(tx, new ParkedRows(opened.dialect())));
        }
    }

    private static Parked parked(int number, String guard, String key, Priority priority, int second) {
        String id = "00000000-0000-7000-8000-%012d".formatted(number);
        return new Parked(id, new Gate.Hold(guard, key), NOON.plusSeconds(second), priority, NOON);
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyIsFoundHoweverManyThereAre(TestDatabase database) throws Exception {
        List<Parked> all = new ArrayList<>();
        for (int key = 0; key < 1_203; key++) {
            for (int i = 0; i <= key % 3; i++) {
                all.add(parked(all.size(), "scope", "key-" + key, Priority.NORMAL, i));
            }
        }
        all.add(parked(all.size(), "other", "not-asked-for", Priority.NORMAL, 0));

        on(database, (tx, rows) -> {
            rows.insert(tx, all);

            assertThat(rows.keys(tx, "scope"))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 1_203)
                            .mapToObj(key -> "key-" + key)
                            .toList());
            assertThat(rows.keys(tx, "none")).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void thoseWaitThatAreMostUrgentAndThenLongest(TestDatabase database) throws Exception {
        Random random = new Random(4);
        List<Priority> levels = List.of(Priority.values());
        List<Parked> all = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            Priority priority = levels.get(random.nextInt(levels.size()));
            all.add(parked(i, "scope", i % 5 == 0 ? "8" : "7", priority, random.nextInt(40)));
        }
        List<String> expected = all.stream()
                .filter(run -> run.hold().key().equals("7"))
                .sorted(Comparator.comparing((Parked run) -> -run.priority().level())
                        .thenComparing(Parked::since)
                        .thenComparing(Parked::runId))
                .map(Parked::runId)
                .toList();

        on(database, (tx, rows) -> {
            rows.insert(tx, all);

            Gate.Hold hold = all.get(1).hold();
            assertThat(rows.waiting(tx, hold, 250)).isEqualTo(expected.subList(0, 250));
            assertThat(rows.waiting(tx, hold, 1_000)).isEqualTo(expected);
        });
    }
}
