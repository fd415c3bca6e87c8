package io.requartz.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Every measurement, with a handful of runs: so that they still work when somebody needs them. */
class BenchMainTest {

    private static JsonNode json(String... arguments) throws Exception {
        StringWriter out = new StringWriter();
        CommandLine bench = BenchMain.commandLine().setOut(new PrintWriter(out));

        int code = bench.execute(arguments);

        assertThat(code).isZero();
        return new JsonMapper().readTree(out.toString());
    }

    private static final String ALL = "requartz,quartz,quartz-tuned,db-scheduler";

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
        JsonNode report = json(
                "drain",
                "--database",
                "postgresql",
                "--runs",
                "60",
                "--runs-slow",
                "20",
                "--rounds",
                "2",
                "--warm-up",
                "0",
                "--engines",
                ALL,
                "--json");

        assertCompared(report, ALL.split(",", -1));
        assertThat(report.get("rounds").findValuesAsText("engine"))
                .containsExactly(
                        "requartz",
                        "quartz",
                        "quartz-tuned",
                        "db-scheduler",
                        "db-scheduler",
                        "quartz-tuned",
                        "quartz",
                        "requartz");
        assertThat(report.get("rounds").findValuesAsText("done"))
                .containsExactly("60", "20", "20", "60", "60", "20", "20", "60");
    }

    @Test
    void aRoundWhoseTimeIsUpCountsWhatWasDone() throws Exception {
        JsonNode report = json(
                "drain",
                "--database",
                "postgresql",
                "--runs",
                "5000",
                "--runs-slow",
                "5000",
                "--at-most",
                "300ms",
                "--rounds",
                "1",
                "--warm-up",
                "0",
                "--engines",
                "quartz",
                "--json");

        JsonNode round = report.get("rounds").get(0);
        assertThat(round.get("done").asInt()).isBetween(1, 4_999);
        assertThat(round.get("seconds").asDouble()).isBetween(0.3, 10.0);
    }

    @Test
    void drainsWithNodesInTheirOwnProcesses() throws Exception {
        JsonNode report = json(
                "drain",
                "--database",
                "postgresql",
                "--nodes",
                "2",
                "--runs",
                "200",
                "--runs-slow",
                "10",
                "--rounds",
                "1",
                "--warm-up",
                "0",
                "--engines",
                ALL,
                "--json");

        JsonNode two = report.get("measurements").get(0);
        assertThat(two.get("number").asInt()).isEqualTo(2);
        assertCompared(two, ALL.split(",", -1));
    }

    @Test
    void submitsOneByOneAndInBulk() throws Exception {
        JsonNode report = json(
                "submit",
                "--database",
                "postgresql",
                "--at-once",
                "1,50",
                "--runs",
                "100",
                "--runs-slow",
                "50",
                "--rounds",
                "1",
                "--warm-up",
                "0",
                "--engines",
                ALL,
                "--json");

        assertThat(report.get("measurements").findValuesAsText("number")).containsExactly("1", "50");
        report.get("measurements").forEach(point -> assertCompared(point, ALL.split(",", -1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "half"})
    void measuresHowLateRunsBegin(String rate) throws Exception {
        JsonNode report = json(
                "latency",
                "--database",
                "postgresql",
                "--rate",
                rate,
                "--drained",
                "50",
                "--time",
                "500ms",
                "--warm-up",
                "100ms",
                "--engines",
                "requartz,db-scheduler",
                "--json");

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
        JsonNode report = json(
                "latency",
                "--database",
                "postgresql",
                "--elsewhere",
                "--time",
                "500ms",
                "--warm-up",
                "100ms",
                "--engines",
                "requartz,db-scheduler",
                "--json");

        assertThat(report.get("where").asText()).isEqualTo("on another node");
        assertLags(report, "requartz", "db-scheduler");
    }

    @Test
    void measuresWhatIsAddedToARun() throws Exception {
        JsonNode report = json(
                "overhead", "--database", "postgresql", "--runs", "5", "--rounds", "1", "--engines", ALL, "--json");

        assertThat(report.get("latencies").findValuesAsText("engine")).containsExactly(ALL.split(",", -1));
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
        JsonNode report = json("statements", "--database", "postgresql", "--runs", "10", "--json");

        JsonNode submission = report.get("scenarios").get(0);
        assertThat(submission.get("what").asText()).isEqualTo("submit");
        assertThat(submission.get("statements").asInt()).isEqualTo(2);
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

    @Test
    void measuresWhatDecidingCosts() throws Exception {
        JsonNode report = json("planner", "--forks", "0", "--iterations", "1", "--json");

        assertThat(report.get("costs")).hasSize(6);
        assertThat(report.get("costs").findValues("micros"))
                .allSatisfy(micros -> assertThat(micros.asDouble()).isBetween(0.0001, 1_000.0));
    }

    @Test
    void measuresWhatPendingRetriesCost() throws Exception {
        JsonNode report = json("pending", "--database", "postgresql", "--runs", "20", "--json");

        assertThat(report.get("after").asLong()).isPositive();
    }
}
