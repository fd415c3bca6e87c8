package io.requartz.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
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

    @Test
    void drainsWithBothSchedulers() throws Exception {
        JsonNode report = json(
                "drain",
                "--database",
                "h2",
                "--runs",
                "30",
                "--rounds",
                "1",
                "--warm-up",
                "0",
                "--contenders",
                "requartz,quartz",
                "--json");

        assertThat(report.get("rounds").findValuesAsText("contender")).containsExactly("requartz", "quartz");
        assertThat(report.get("rounds").findValues("runsPerSecond"))
                .allSatisfy(rate -> assertThat(rate.asDouble()).isPositive());
    }

    @Test
    void measuresWhatIsAddedToARun() throws Exception {
        JsonNode report = json("overhead", "--database", "h2", "--runs", "5", "--rounds", "1", "--json");

        JsonNode requartz = report.get("latencies").get(0);
        assertThat(requartz.get("contender").asText()).isEqualTo("requartz");
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
        JsonNode report = json("statements", "--database", "h2", "--runs", "10", "--json");

        JsonNode submission = report.get("scenarios").get(0);
        assertThat(submission.get("what").asText()).isEqualTo("submit");
        assertThat(submission.get("statements").asInt()).isEqualTo(2);
        assertThat(submission.get("commits").asInt()).isEqualTo(1);
        assertThat(report.get("scenarios").findValuesAsText("contender")).contains("quartz", "quartz-batch-20");
    }

    @Test
    void aDatabaseThatItDoesNotKnowIsRefused() {
        StringWriter errors = new StringWriter();

        int code = BenchMain.commandLine().setErr(new PrintWriter(errors)).execute("drain", "--database", "oracle");

        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains("oracle", "postgresql");
    }
}
