package io.requartz.cluster;

import io.requartz.faults.CrashPoints;
import io.requartz.testdb.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** {@code bin/faults}: the long form of the fault tests, for hours if need be. Ends with 0 if all held, 1 if not, 2 if it was called wrongly. */
public final class FaultsMain {

    private static final Set<String> OPTIONS = Set.of("--minutes", "--database", "--seed", "--kills", "--crash-points");
    private static final long MINUTES = 60;
    private static final long UNTIL_KILLED = 24 * 60;
    private static final Duration PAUSE = Duration.ofSeconds(6);
    private static final Duration CHECK = Duration.ofMinutes(5);

    private FaultsMain() {}

    public static void main(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) {
                wrong("'" + arguments[i] + "' is not understood.");
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        long seed = number(options, "--seed", ThreadLocalRandom.current().nextInt(1_000_000));
        int kills = (int) number(options, "--kills", 0);
        Duration time = Duration.ofMinutes(number(options, "--minutes", kills == 0 ? MINUTES : UNTIL_KILLED));
        boolean held = true;
        boolean points = chosen(options, "--crash-points");
        for (TestDatabase database : databases(options.getOrDefault("--database", "all"))) {
            held &= !points || finishedWhereverItDies(database, seed);
            held &= holds(new Soak.Plan(database, seed, time, kills, PAUSE, CHECK));
        }
        System.out.println(held ? "All held." : "NOT ALL HELD; see above. Again with --seed " + seed);
        System.exit(held ? 0 : 1);
    }

    private static boolean finishedWhereverItDies(TestDatabase database, long seed) {
        System.out.println(database + ", seed " + seed + ": a fault at every call to the database");
        List<String> broken = CrashPoints.examine(database, seed, telling()::now);
        broken.forEach(System.out::println);
        System.out.println(
                database + ": " + (broken.isEmpty() ? "all crash points held" : "NOT all crash points held") + "\n");
        return broken.isEmpty();
    }

    private static Telling telling() {
        long began = System.nanoTime();
        return what -> System.out.printf(Locale.ROOT, "%8.1f s  %s%n", (System.nanoTime() - began) / 1e9, what);
    }

    private static boolean holds(Soak.Plan plan) {
        System.out.println(
                plan.database() + ", seed " + plan.seed() + ": " + plan.time().toMinutes() + " min"
                        + (plan.kills() == 0 ? "" : ", or until " + plan.kills() + " nodes are killed"));
        try {
            Soak.Result result = Soak.run(plan, telling());
            System.out.println();
            System.out.println(plan.database() + ": " + result.kills() + " nodes killed; done in all:");
            result.done().forEach((deed, times) -> System.out.printf(Locale.ROOT, "%6d  %s%n", times, deed));
            System.out.println(result.figures());
            System.out.println();
            System.out.println(result.verdicts().table());
            result.verdicts().violations().forEach(System.out::println);
            return result.verdicts().violations().isEmpty();
        } catch (Exception | AssertionError failed) {
            System.out.println(plan.database() + ": could not be brought to its end:");
            failed.printStackTrace(System.out);
            return false;
        }
    }

    private static List<TestDatabase> databases(String name) {
        if (name.equals("all")) {
            return List.of(TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL);
        }
        List<TestDatabase> chosen = new ArrayList<>();
        for (TestDatabase database : TestDatabase.values()) {
            if (database != TestDatabase.H2
                    && database.name().toLowerCase(Locale.ROOT).equals(name)) {
                chosen.add(database);
            }
        }
        if (chosen.isEmpty()) {
            wrong("There is no database '" + name + "'.");
        }
        return chosen;
    }

    private static boolean chosen(Map<String, String> options, String name) {
        String text = options.getOrDefault(name, "yes");
        if (!Set.of("yes", "no").contains(text)) {
            wrong(name + " wants yes or no, and '" + text + "' is neither.");
        }
        return text.equals("yes");
    }

    private static long number(Map<String, String> options, String name, long otherwise) {
        String text = options.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            wrong(name + " wants a number, and '" + text + "' is none.");
            return otherwise;
        }
    }

    private static void wrong(String what) {
        System.err.println("error: " + what);
        System.err.println(
                "usage: faults [--database postgresql|mariadb|mysql|all] [--minutes N] [--kills N] [--seed N]"
                        + " [--crash-points yes|no]");
        System.exit(2);
    }
}
