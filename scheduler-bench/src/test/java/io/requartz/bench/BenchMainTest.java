package io.requartz.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Every measurement, with a handful of runs: so that they still work when somebody needs them. */
class BenchMainTest {

    /** What a command reports on PostgreSQL, if it needs a database. */
    private static JsonNode json(String line) throws Exception {
        StringWriter out = new StringWriter();
        CommandLine bench = BenchMain.commandLine().setOut(new PrintWriter(out));

        int code = bench.execute((line.strip() + " --json").split(" ", -1));

        assertThat(code).isZero();
        return new JsonMapper().readTree(out.toString());
    }

    private static final String[] ALL = {"requartz", "quartz", "quartz-tuned", "db-scheduler"};

    private static void assertCompared(JsonNode report, String... engines) {
        assertThat(report.get("engines").fieldNames()).toIterable().containsExactly(engines);
        for (JsonNode rate : report.get("engines")) {
            assertThat(rate.get("min").asDouble()).isPositive();
            assertThat(rate.get("median").asDouble())
                    .isBetween(rate.get("min").asDouble(), rate.get("max").asDouble());
        }
        for (String engine : engines) {
            if (!engine.equals("requartz")) {
                assertThat(report.get("ratios").get("requartz/" + engine).asDouble())
                        .isPositive();
            }
        }
    }

    @Test
    void drainsWithAllSchedulers() throws Exception {
        JsonNode report = json("drain --runs 60 --runs-slow 5 --rounds 1 --warm-up 0");

        assertCompared(report, ALL);
        assertThat(report.get("rounds").findValuesAsText("engine")).containsExactly(ALL);
        assertThat(report.get("rounds").findValuesAsText("done")).containsExactly("60", "5", "5", "60");
    }

    @Test
    void aRoundWhoseTimeIsUpCountsWhatWasDone() throws Exception {
        JsonNode report =
                json("drain --runs 5000 --runs-slow 5000 --at-most 300ms --rounds 1 --warm-up 0 --engines quartz");

        JsonNode round = report.get("rounds").get(0);
        assertThat(round.get("done").asInt()).isBetween(1, 4_999);
        assertThat(round.get("seconds").asDouble()).isBetween(0.3, 10.0);
    }

    @Test
    void drainsWithNodesInTheirOwnProcesses() throws Exception {
        JsonNode report = json("drain --nodes 2 --runs 200 --rounds 1 --warm-up 0 --engines requartz,db-scheduler");

        JsonNode two = report.get("measurements").get(0);
        assertThat(two.get("number").asInt()).isEqualTo(2);
        assertCompared(two, "requartz", "db-scheduler");
    }

    @Test
    void submitsOneByOneAndInBulk() throws Exception {
        JsonNode report =
                json("submit --at-once 1,50 --runs 100 --rounds 1 --warm-up 0 --engines requartz,db-scheduler");

        assertThat(report.get("measurements").findValuesAsText("number")).containsExactly("1", "50");
        report.get("measurements").forEach(point -> assertCompared(point, "requartz", "db-scheduler"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "half"})
    void measuresHowLateRunsBegin(String rate) throws Exception {
        JsonNode report = json(
                "latency --drained 50 --time 500ms --warm-up 100ms --engines requartz,db-scheduler --rate " + rate);

        assertLags(report, "requartz", "db-scheduler");
    }

    private static void assertLags(JsonNode report, String... engines) {
        assertThat(report.get("lags").findValuesAsText("engine")).containsExactly(engines);
        for (JsonNode lag : report.get("lags")) {
            assertThat(lag.get("runs").asInt()).isPositive();
            assertThat(lag.get("p50").asDouble())
                    .isPositive()
                    .isLessThanOrEqualTo(lag.get("p99").asDouble());
            assertThat(lag.get("p99").asDouble())
                    .isLessThanOrEqualTo(lag.get("max").asDouble());
        }
    }

    @Test
    void measuresHowLateRunsBeginOnAnotherNode() throws Exception {
        JsonNode report = json("latency --elsewhere --time 500ms --warm-up 100ms --engines requartz");

        assertThat(report.get("where").asText()).isEqualTo("on another node");
        assertLags(report, "requartz");
    }

    @Test
    void measuresWhatFailingCosts() throws Exception {
        JsonNode report = json("retries --runs 90 --rounds 1 --warm-up 0");

        assertThat(report.get("measurements").findValuesAsText("what"))
                .containsExactly("succeed at once", "fail twice");
        report.get("measurements").forEach(point -> assertCompared(point, "requartz", "db-scheduler"));
        assertThat(report.get("kept").get("requartz").asDouble()).isPositive();
    }

    @Test
    void measuresABacklogAndDrawsIt(@TempDir Path directory) throws Exception {
        Path chart = directory.resolve("backlog.svg");

        JsonNode report = json(
                "backlog --waiting 0,300 --runs 60 --runs-slow 5 --rounds 1 --warm-up 0 --engines requartz,quartz-tuned --chart "
                        + chart);

        assertThat(report.get("measurements").findValuesAsText("number")).containsExactly("0", "300");
        report.get("measurements").forEach(point -> assertCompared(point, "requartz", "quartz-tuned"));
        assertThat(Files.readString(chart))
                .contains("<svg", "prefers-color-scheme: dark", "300 wait", "requartz", "quartz-tuned", "</svg>");
    }

    @Test
    void drainsWhileSchedulesFire() throws Exception {
        JsonNode report = json("mixed --schedules 3 --runs 60 --runs-slow 5 --rounds 1 --warm-up 0");

        assertCompared(report, ALL);
        assertThat(report.get("schedules").asInt()).isEqualTo(3);
    }

    @Test
    void countsWhatAnIdleClusterAsks() throws Exception {
        JsonNode report = json("idle --nodes 2 --time 2s");

        assertThat(report.get("statements").asDouble()).isBetween(0.5, 100.0);
        assertThat(report.get("shapes").findValuesAsText("statement")).anyMatch(text -> text.contains("RQ_NODES"));
    }

    @Test
    void measuresWhatBecomesOfVeryManyRuns() throws Exception {
        JsonNode report = json("million --runs 300 --others-for 500ms");

        assertThat(report.get("phases").findValuesAsText("name"))
                .containsExactly(
                        "submitted", "set aside", "let go while the type is paused", "worked off beside another type");
        for (JsonNode phase : report.get("phases")) {
            assertThat(phase.get("transactions").asInt()).isPositive();
            assertThat(phase.get("p99").asDouble())
                    .isBetween(phase.get("p50").asDouble(), phase.get("longest").asDouble());
            assertThat(phase.get("heap").asLong()).isPositive();
        }
        assertThat(report.get("others").get("runs").asInt()).isEqualTo(10);
    }

    @Test
    void measuresWhatIsAddedToARun() throws Exception {
        JsonNode report = json("overhead --runs 5 --rounds 1 --engines requartz,db-scheduler");

        assertThat(report.get("latencies").findValuesAsText("engine")).containsExactly("requartz", "db-scheduler");
        JsonNode requartz = report.get("latencies").get(0);
        assertThat(requartz.get("engine").asText()).isEqualTo("requartz");
        assertThat(requartz.get("phases").findValuesAsText("name"))
                .containsExactly(
                        "submit",
                        "submitted -> begins",
                        "ends -> committed",
                        "added to the attempt",
                        "all but the job");
    }

    @Test
    void countsStatementsOfBothSchedulers() throws Exception {
        JsonNode report = json("statements --runs 10");

        JsonNode submission = report.get("scenarios").get(0);
        assertThat(submission.get("what").asText()).isEqualTo("submit");
        assertThat(submission.get("statements").asInt()).isEqualTo(1);
        assertThat(submission.get("commits").asInt()).isEqualTo(1);
        assertThat(report.get("scenarios").findValuesAsText("engine")).contains("quartz", "quartz-tuned");
    }

    @Test
    void aDatabaseThatItDoesNotKnowIsRefused() {
        StringWriter errors = new StringWriter();

        int code = BenchMain.commandLine().setErr(new PrintWriter(errors)).execute("drain", "--database", "oracle");

        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains("oracle", "postgresql");
    }

    @ParameterizedTest
    @CsvSource({"planner, 6", "classifier, 3", "codec, 6"})
    void measuresWhatNeedsNoDatabase(String command, int costs) throws Exception {
        JsonNode report = json(command + " --forks 0 --iterations 1 --time 50ms");

        assertThat(report.get("costs")).hasSize(costs);
        assertThat(report.get("costs").findValues("micros"))
                .allSatisfy(micros -> assertThat(micros.asDouble()).isBetween(0.0001, 10_000.0));
    }

    @Test
    void measuresWhatPendingRetriesCost() throws Exception {
        JsonNode report = json("pending --runs 20");

        assertThat(report.get("after").asLong()).isPositive();
    }
}
