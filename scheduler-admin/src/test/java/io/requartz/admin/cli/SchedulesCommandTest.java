package io.requartz.admin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulesCommandTest {

    private static final String ONE = "01957f00-0000-7000-8000-000000000001";
    private static final String TWO = "01957f00-0000-7000-8000-000000000002";
    private static final String SCHEDULE =
            "{'name':'pods','type':'fetch_pods','title':null,'source':'configuration','paused':false,"
                    + "'words':'every 30 minutes','next_fires':['2026-03-01T12:30:00Z'],'last_run':{'run_state':'SUCCEEDED'},"
                    + "'cells':[''],'definition':{'type':'fetch_pods','cron':'0 0 2 * * ?','payload':{'batch_size':30}},"
                    + "'configured':{'type':'fetch_pods'},'overrides':['cron'],'changed_by':'token:anna','version':3}";

    @TempDir
    Path home;

    private StubApi api;
    private Typed typed;

    @BeforeEach
    void startApi() throws IOException {
        api = new StubApi();
        typed = new Typed(home).with("REQUARTZ_TOKEN", "t0ken").with("REQUARTZ_HTTP_PORT", "" + api.port());
    }

    @AfterEach
    void stopApi() {
        api.close();
    }

    private static String run(String id, String state) {
        return "{'id':'" + id + "','type':'fetch_pods','state':'" + state + "','attempts':1}";
    }

    @Test
    void theListReadsTheTimesOut() {
        api.on("GET /schedules", 200, "{'items':[" + SCHEDULE + "],'next':null}");

        Typed.Result result = typed.run("schedules");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("pods")
                .contains("in 30m")
                .contains("SUCCEEDED")
                .contains("every 30 minutes");
    }

    @Test
    void aScheduleIsShownWithWhatIsOverridden() {
        api.on("GET /schedules/pods", 200, SCHEDULE);

        assertThat(typed.run("schedules", "show", "pods").out())
                .contains("fetch_pods every 30 minutes")
                .contains("configuration, but cron changed by token:anna, version 3");
    }

    @Test
    void triggerMakesItsParametersFieldsOfThePayload() {
        api.on("POST /schedules/pods/trigger", 200, "{'schedule':'pods','runs':[" + run(ONE, "SCHEDULED") + "]}");
        api.on("GET /runs/" + ONE, 200, run(ONE, "SUCCEEDED"));

        Typed.Result result = typed.run(
                "schedules", "trigger", "pods", "--batch-size", "5", "--carrier=dhl", "--max-retries", "2", "--wait");

        assertThat(result.exitCode()).isZero();
        assertThat(api.asked().get(0).body())
                .isEqualTo("{\"payload\":{\"batch_size\":5,\"carrier\":\"dhl\"},\"max_retries\":2}");
        assertThat(result.out()).contains("Schedule pods: 1 run, with").contains("succeeded: 1");
    }

    @Test
    void theExitCodeTellsWhetherAnythingFailed() {
        api.on(
                "POST /schedules/pods/trigger",
                200,
                "{'schedule':'pods','runs':[" + run(ONE, "SCHEDULED") + "," + run(TWO, "SCHEDULED") + "]}");
        api.on("GET /runs/" + ONE, 200, run(ONE, "SUCCEEDED"));
        api.on("GET /runs/" + TWO, 200, run(TWO, "RUNNING"));
        api.on("GET /runs/" + TWO + "?wait=30s", 200, run(TWO, "DEAD"));

        Typed.Result result = typed.run("schedules", "trigger", "pods", "--cell", "shop=1", "--wait");

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).contains("dead: 1").contains("succeeded: 1").contains(TWO);
        assertThat(api.asked().get(0).body()).isEqualTo("{\"cells\":{\"shop\":\"1\"}}");
    }

    @Test
    void aChangeKeepsWhatIsNotNamedAndTheVersionThatItSaw() {
        api.on("GET /schedules/pods", 200, SCHEDULE);
        api.on("PUT /schedules/pods", 200, SCHEDULE);

        Typed.Result result = typed.run(
                "schedules", "change", "pods", "--every", "15m", "--key", "expire-after=50m", "--note", "why");

        assertThat(result.exitCode()).isZero();
        assertThat(api.asked().get(1).headers()).containsEntry("If-match", "\"3\"");
        assertThat(api.asked().get(1).body())
                .isEqualTo(
                        "{\"type\":\"fetch_pods\",\"payload\":{\"batch_size\":30},\"every\":\"15m\",\"expire_after\":\"50m\",\"note\":\"why\"}");
    }

    @Test
    void createSendsWhatWasSaid() {
        api.on("POST /schedules", 201, SCHEDULE);

        typed.run(
                "schedules",
                "create",
                "pods",
                "--type",
                "fetch_pods",
                "--cron",
                "0 0 2 * * ?",
                "--zone",
                "UTC",
                "--matrix",
                "{\"shop\": [1]}");

        assertThat(api.asked().get(0).body())
                .isEqualTo(
                        "{\"type\":\"fetch_pods\",\"cron\":\"0 0 2 * * ?\",\"zone\":\"UTC\",\"matrix\":{\"shop\":[1]},\"name\":\"pods\"}");
    }

    @Test
    void firesSayWhyThereIsNoRun() {
        api.on(
                "GET /schedules/pods/fires?limit=20",
                200,
                "{'items':[{'fire_time':'2026-03-01T11:30:00Z','cell':null,'run_id':null,'skipped':'missed','why':'missed; the rule',"
                        + "'times':1}],'next':null}");

        assertThat(typed.run("schedules", "fires", "pods").out()).contains("missed: missed; the rule");
    }

    @Test
    void pauseAndDeleteSendTheNote() {
        api.on("POST /schedules/pods/pause", 200, SCHEDULE);
        api.on("DELETE /schedules/pods", 200, "{'name':'pods','deleted':true}");

        assertThat(typed.run("schedules", "pause", "pods", "--note", "hm").exitCode())
                .isZero();
        assertThat(typed.run("schedules", "delete", "pods").out()).contains("deleted");
        assertThat(api.asked().get(0).body()).isEqualTo("{\"note\":\"hm\"}");
    }
}
