package io.requartz.admin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkCommandsTest {

    private static final String RUN = "01957f00-0000-7000-8000-000000000001";
    private static final String ID = "01957f00-0000-7000-8000-00000000000a";
    private static final String ACTION =
            "{'id':'" + ID + "','kind':'retry_dead_letters','criteria':{'of':'dead_letters'},"
                    + "'state':'RUNNING','created_by':'token:admin','note':'mended','rate_per_second':5,'matched':40,'done':10,"
                    + "'skipped':2,'failed':1,'percent':32,'last_error':'Run x: no','created_at':'2026-03-01T11:58:00Z'}";

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

    private String body(int number) {
        return api.asked().get(number).body();
    }

    @Test
    void allThatMatchAreRetriedAtARate() {
        api.on(
                "POST /dead-letters/retry?type=http&reason=exhausted&category=timeout&since=2026-03-01T10%3A00%3A00Z",
                202, ACTION);

        Typed.Result result = typed.run(
                "dead-letters",
                "retry",
                "--all",
                "--type",
                "http",
                "--reason",
                "exhausted",
                "--category",
                "timeout",
                "--since",
                "2h",
                "--rate",
                "5",
                "--note",
                "mended");

        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("RUNNING  retry dead letters  " + ID + "  10 of 40 done")
                .contains("requartz bulk-actions " + ID);
        assertThat(body(0)).isEqualTo("{\"note\":\"mended\",\"rate_per_second\":5}");
    }

    @Test
    void everySingleOneIsMeantOnlyIfThatIsSaid() {
        api.on("POST /dead-letters/resolve?all=true", 202, ACTION)
                .on("POST /dead-letters/reject?assignee=ben&dry-run=true", 200, "{'dry_run':true,'matched':7}");

        assertThat(typed.run("dead-letters", "resolve").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.run("dead-letters", "resolve", "--type", "http").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(typed.run("dead-letters", "resolve", RUN, "--all").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(typed.run("dead-letters", "retry", "--all", "--payload", "{}")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(typed.run("dead-letters", "retry", RUN, "--rate", "5").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(api.asked()).isEmpty();

        assertThat(typed.run("dead-letters", "resolve", "--all").exitCode()).isZero();
        assertThat(typed.run("dead-letters", "reject", "--all", "--assignee", "ben", "--dry-run", "--note", "no use")
                        .out())
                .contains("7 match; nothing was done.");
    }

    @Test
    void runsThatMatchAreRetriedAndCancelled() {
        api.on("POST /runs/retry?state=FAILED&tag=menu", 202, ACTION)
                .on("POST /runs/cancel?type=http&min-attempts=3&dry-run=true", 200, "{'dry_run':true,'matched':3}");

        assertThat(typed.run("retry", "--all", "--state", "failed", "--tag", "menu", "--rate", "2")
                        .exitCode())
                .isZero();
        assertThat(typed.run("cancel", "--all", "--type", "http", "--min-attempts", "3", "--dry-run")
                        .out())
                .contains("3 match");
        assertThat(typed.run("cancel").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(body(0)).isEqualTo("{\"rate_per_second\":2}");
    }

    @Test
    void bulkActionsAreListedShownAndHeld() {
        api.on("GET /bulk-actions?limit=20", 200, "{'items':[" + ACTION + "],'next':'abc'}")
                .on("GET /bulk-actions?state=DONE&limit=20", 200, "{'items':[]}")
                .on("GET /bulk-actions/" + ID, 200, ACTION)
                .on("POST /bulk-actions/" + ID + "/pause", 200, ACTION)
                .on("POST /bulk-actions/" + ID + "/resume", 200, ACTION)
                .on("POST /bulk-actions/" + ID + "/cancel", 409, "{'title':'Conflict','detail':'It is DONE.'}");

        assertThat(typed.run("bulk-actions").out().lines())
                .containsExactly(
                        "STATE    WHAT                ID                                    DONE  SKIPPED  FAILED  OF  BEGUN   BY",
                        "RUNNING  retry dead letters  " + ID + "  10    2        1       40  2m ago  token:admin",
                        "There are more: --cursor abc");
        assertThat(typed.run("bulk-actions", "--state", "done").out()).contains("No bulk actions.");
        assertThat(typed.run("bulk-actions", ID).out())
                .contains("10 of 40 done, 2 skipped, 1 failed (32%)")
                .contains("rate      5 a second")
                .contains("begun     12:58:00 by token:admin: mended")
                .contains("error     Run x: no");
        assertThat(typed.run("bulk-actions", "pause", ID, "--note", "wait").exitCode())
                .isZero();
        assertThat(typed.run("bulk-actions", "resume", ID).exitCode()).isZero();
        assertThat(typed.run("bulk-actions", "cancel", ID).exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(body(3)).isEqualTo("{\"note\":\"wait\"}");
    }

    private static String at(String state, int done, int skipped, int failed) {
        return ACTION.replace("RUNNING", state)
                .replace("'done':10", "'left':" + (40 - done - skipped - failed) + ",'done':" + done)
                .replace("'skipped':2", "'skipped':" + skipped)
                .replace("'failed':1", "'failed':" + failed)
                .replace("'last_error'", "'predicted_end':'2026-03-01T12:00:06Z','last_error'");
    }

    @Test
    void waitingTellsTheProgressAndTheEndAndWhetherAnythingFailed() {
        api.on("POST /dead-letters/retry?type=http", 202, at("RUNNING", 0, 0, 0))
                .on("GET /bulk-actions/" + ID, 200, at("RUNNING", 10, 2, 1))
                .on("GET /bulk-actions/" + ID, 200, at("DONE", 37, 2, 1))
                .on(
                        "GET /bulk-actions/" + ID + "/refusals?limit=20",
                        200,
                        "{'items':[{'run_id':'" + RUN + "','at':'2026-03-01T12:00:00Z','reason':'its key is taken'}]}");

        Typed.Result result = typed.run("dead-letters", "retry", "--all", "--type", "http", "--wait");

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err().lines())
                .containsExactly(
                        "0 of 40 done, 0 skipped, 0 failed, 40 left, ends in 6s",
                        "10 of 40 done, 2 skipped, 1 failed, 27 left, ends in 6s");
        assertThat(result.out())
                .contains("DONE  retry dead letters  " + ID + "  37 of 40 done, 2 skipped, 1 failed")
                .contains(RUN + "  its key is taken");
    }

    @Test
    void waitingForOneThatEndsWellIsASuccess() {
        api.on("GET /bulk-actions/" + ID, 200, at("RUNNING", 10, 0, 0))
                .on("GET /bulk-actions/" + ID, 200, at("DONE", 38, 2, 0));

        assertThat(typed.run("bulk-actions", ID, "--wait").exitCode()).isZero();
        assertThat(typed.run("bulk-actions", ID, "--wait", "--json").out()).contains("\"state\" : \"DONE\"");
    }

    @Test
    void whatIsCancelledOrNotDoneInTimeIsNoSuccess() {
        api.on("GET /bulk-actions/" + ID, 200, at("CANCELLED", 10, 0, 0))
                .on("POST /runs/cancel?all=true", 202, at("RUNNING", 10, 0, 0));

        assertThat(typed.run("bulk-actions", ID, "--wait").exitCode()).isEqualTo(ExitCode.FAILED);
        Typed.Result late = typed.run("cancel", "--all", "--timeout", "0s");
        assertThat(late.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(late.out()).contains("It has not ended within 0s; it goes on.");
    }

    @Test
    void waitingIsForBulkActionsOnly() {
        assertThat(typed.run("retry", RUN, "--wait").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.run("retry", "--all", "--dry-run", "--wait").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(typed.run("bulk-actions", "--wait").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.run("retry", "--all", "--timeout", "soon").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void whatFailedAlikeIsOneLine() {
        api.on(
                "GET /dead-letters/groups?type=http&limit=20",
                200,
                "{'items':[{'fingerprint':'0123456789abcdef','count':12,'types':{'http':11,'mail':1},"
                        + "'first_at':'2026-03-01T11:00:00Z','last_at':'2026-03-01T11:59:30Z','category':'authentication',"
                        + "'message':'HTTP 401'}],'next':null}");

        assertThat(typed.run("dead-letters", "groups", "--type", "http").out().lines())
                .containsExactly(
                        "COUNT  FINGERPRINT       TYPES       FIRST   LAST     ERROR",
                        "12     0123456789abcdef  http, mail  1h ago  30s ago  authentication: HTTP 401");
    }

    @Test
    void deadLettersAreAssigned() {
        api.on("POST /dead-letters/" + RUN + "/assign", 200, "{'id':'" + RUN + "','assignee':'ben'}")
                .on("POST /dead-letters/" + RUN + "/assign", 200, "{'id':'" + RUN + "','assignee':null}");

        assertThat(typed.run("dead-letters", "assign", RUN, "--to", "ben").out())
                .contains(RUN + " is assigned to ben.");
        assertThat(typed.run("dead-letters", "assign", RUN, "--nobody").out()).contains(RUN + " is nobody's.");
        assertThat(typed.run("dead-letters", "assign", RUN).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(body(0)).isEqualTo("{\"assignee\":\"ben\"}");
        assertThat(body(1)).isEqualTo("{\"assignee\":null}");
    }

    @Test
    void theAuditIsTold() {
        api.on(
                "GET /audit?actor=token%3Aadmin&kind=run&limit=20",
                200,
                "{'items':[{'seq':7,'at':'2026-03-01T11:59:00Z','actor':'token:admin','action':'run.cancel','kind':'run',"
                        + "'subject':'" + RUN
                        + "','before':{'state':'SCHEDULED'},'after':{'state':'CANCELLED'},'note':'why'}],'next':null}");

        assertThat(typed.run("audit", "--actor", "token:admin", "--kind", "run")
                        .out()
                        .lines())
                .containsExactly(
                        "WHEN      WHO          ACTION      SUBJECT                               CHANGE",
                        "12:59:00  token:admin  run.cancel  " + RUN
                                + "  {\"state\":\"SCHEDULED\"} -> {\"state\":\"CANCELLED\"} (why)");
    }
}
