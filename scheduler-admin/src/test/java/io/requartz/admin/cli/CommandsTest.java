package io.requartz.admin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    private static final String ID = "01957f00-0000-7000-8000-000000000001";
    private static final String RETRYING =
            "{'id':'" + ID + "','type':'http','state':'RETRYING','attempts':2,'due_at':'2026-03-01T12:00:12Z',"
                    + "'last_category':'server_error','last_message':'POST http://shop answered 500\\u001b[2J now',"
                    + "'created_at':'2026-03-01T11:59:00Z','created_by':'token:admin','priority':'normal','tags':['a','b'],"
                    + "'payload':{'shop':1}}";
    private static final String SUCCEEDED =
            "{'id':'" + ID + "','type':'http','state':'SUCCEEDED','attempts':1,'finished_at':'2026-03-01T11:58:00Z'}";
    private static final String DEAD =
            "{'id':'" + ID + "','type':'http','state':'DEAD','attempts':4,'reason':'exhausted',"
                    + "'finished_at':'2026-03-01T11:58:00Z'}";

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

    @Test
    void runsAreATableWithAlignedColumns() {
        api.on("GET /runs?limit=20", 200, "{'items':[" + RETRYING + "," + SUCCEEDED + "," + DEAD + "],'next':'abc'}");

        Typed.Result result = typed.run("runs");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        "STATE        TYPE  RUN                                   ATTEMPTS  WHEN                LAST ERROR",
                        "~ RETRYING   http  " + ID
                                + "  2         in 12s              server_error: POST http://shop answered 500 [2J now",
                        "+ SUCCEEDED  http  " + ID + "  1         2m ago",
                        "x DEAD       http  " + ID + "  4         2m ago (exhausted)",
                        "There are more: --cursor abc");
    }

    @Test
    void aTableIsCutToTheTerminalAndItsSignsAreThoseThatCanBeShown() {
        api.on("GET /runs?limit=20", 200, "{'items':[" + RETRYING + "],'next':null}");

        Typed.Result result = typed.seenOn(90, true).run("runs");

        assertThat(result.out().lines()).allMatch(line -> line.length() <= 90);
        assertThat(result.out()).contains("\u21bb RETRYING").contains("...");
    }

    @Test
    void filtersBecomeParameters() {
        api.on(
                "GET /runs?state=DEAD&state=RETRYING&type=http&category=timeout&tag=a%20b&q=x%26y"
                        + "&since=2026-03-01T10%3A00%3A00Z&until=2026-02-28T23%3A00%3A00Z&min-attempts=2&limit=5&cursor=c",
                200, "{'items':[],'next':null}");

        Typed.Result result = typed.run(
                "runs",
                "--state",
                "dead,retrying",
                "--type",
                "http",
                "--category",
                "timeout",
                "--tag",
                "a b",
                "--find",
                "x&y",
                "--since",
                "2h",
                "--until",
                "2026-03-01",
                "--min-attempts",
                "2",
                "--limit",
                "5",
                "--cursor",
                "c");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualToIgnoringNewLines("No such runs.");
    }

    @Test
    void jsonIsTheAnswerOfTheApi() throws IOException {
        String answer = "{'items':[" + SUCCEEDED + "],'next':null}";
        api.on("GET /runs?limit=20", 200, answer);

        Typed.Result result = typed.run("runs", "--json");

        assertThat(new ObjectMapper().readTree(result.out()))
                .isEqualTo(new ObjectMapper().readTree(answer.replace('\'', '"')));
    }

    @Test
    void oneRunIsTold() {
        api.on("GET /runs/" + ID, 200, DEAD.replace("}", ",'payload':{'shop':1}}"))
                .on(
                        "GET /runs/" + ID + "/attempts",
                        200,
                        "{'items':[{'number':1,'node':'box','started_at':'2026-03-01T11:57:00Z','ended_at':"
                                + "'2026-03-01T11:57:00.120Z','outcome':'FAILED','category':'server_error','message':'HTTP 500',"
                                + "'decision':{'next_state':'RETRYING','why':'failure 1 of at most 4'}}]}")
                .on(
                        "GET /runs/" + ID + "/events",
                        200,
                        "{'items':[{'at':'2026-03-01T11:59:00Z','kind':'cancel_requested','actor':'token:admin','note':'why'}]}")
                .on(
                        "GET /runs/" + ID + "/logs",
                        200,
                        "{'items':[{'attempt':1,'dropped':2,'lines':[{'at':'2026-03-01T11:57:00Z','level':'INFO','message':'hello'}]}]}");

        Typed.Result result = typed.run("runs", ID, "--logs");

        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("x DEAD  http  " + ID + "  2m ago (exhausted)")
                .contains("payload   {\"shop\":1}")
                .contains("attempt 1, 12:57:00 on box: failed after 120ms, server_error: HTTP 500")
                .contains("failure 1 of at most 4")
                .contains("12:59:00 cancel requested by token:admin: why")
                .contains("requartz dead-letters retry " + ID)
                .contains("12:57:00 INFO hello")
                .contains("(2 lines left out in the middle)");
    }

    @Test
    void theBeginningOfAnIdIsEnough() {
        api.on("GET /runs?q=01957f&limit=10", 200, "{'items':[" + RETRYING + "]}")
                .on("POST /runs/" + ID + "/retry", 200, RETRYING);

        assertThat(typed.run("retry", "01957f").exitCode()).isZero();

        api.on("GET /runs?q=99999999&limit=10", 200, "{'items':[]}");

        Typed.Result unknown = typed.run("retry", "99999999");

        assertThat(unknown.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(unknown.err()).contains("There is no run whose id begins with 99999999.");
    }

    @Test
    void submitSendsWhatWasTyped() throws IOException {
        api.on("POST /job-types/sync.menu/runs", 201, RETRYING);
        Path payload = Files.writeString(home.resolve("payload.json"), "{\"price\": 1.10}");

        Typed.Result result = typed.run(
                "submit",
                "sync.menu",
                "--payload",
                "@" + payload,
                "--priority",
                "high",
                "--delay",
                "1h 30m",
                "--tag",
                "a",
                "--tag",
                "b",
                "--unique",
                "shop-1",
                "--expire-after",
                "1500ms",
                "--idempotency-key",
                "k1");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("Submitted:").contains(ID);
        StubApi.Asked asked = api.asked().get(0);
        assertThat(asked.body())
                .isEqualTo(
                        "{\"payload\":{\"price\":1.10},\"priority\":\"high\",\"delay\":\"5400s\",\"expire_after\":\"1500ms\","
                                + "\"unique_key\":\"shop-1\",\"tags\":[\"a\",\"b\"]}");
        assertThat(asked.headers())
                .containsEntry("Idempotency-key", "k1")
                .containsEntry("Authorization", "Bearer t0ken");
    }

    @Test
    void submitReadsTheStandardInputAndTimesOfTheViewer() {
        api.on("POST /job-types/http/runs", 200, SUCCEEDED);

        Typed.Result result =
                typed.given("{\"a\":1}").run("submit", "http", "--payload", "-", "--at", "2026-03-01T14:00");

        assertThat(result.out()).contains("This key has a run already:");
        assertThat(api.asked().get(0).body()).isEqualTo("{\"payload\":{\"a\":1},\"at\":\"2026-03-01T13:00:00Z\"}");
    }

    @Test
    void waitingTellsByItsExitCodeHowTheRunEnded() {
        api.on("POST /job-types/http/runs", 201, RETRYING)
                .on("GET /runs/" + ID + "?wait=30s", 200, RETRYING)
                .on("GET /runs/" + ID + "?wait=30s", 200, SUCCEEDED)
                .on("GET /runs/" + ID + "/attempts", 200, "{'items':[]}");

        assertThat(typed.run("submit", "http", "--wait=2m").exitCode()).isEqualTo(ExitCode.OK);

        api.on("POST /job-types/bad/runs", 201, DEAD);

        assertThat(typed.run("submit", "bad", "--wait").exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aBadPayloadIsRefusedBeforeItIsSent() {
        assertThat(typed.run("submit", "http", "--payload", "{a: 1}").err()).contains("The payload is not JSON");
        assertThat(typed.run("submit", "http", "--payload", "{} {}").err()).contains("The payload is not JSON");
        assertThat(typed.run("submit", "http", "--payload", "[1]").err()).contains("not an object");
        assertThat(typed.run("submit", "http", "--payload", "").err()).contains("not an object");
        assertThat(typed.run("submit", "http", "--payload", "@nowhere").err()).contains("There is no file nowhere.");
        assertThat(typed.run("submit", "http", "--at", "soon").err()).contains("--at is 'soon', which is not a time.");
        assertThat(typed.run("submit", "http", "--delay", "10").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void deadLettersAreListedAndDecided() {
        api.on(
                        "GET /dead-letters?status=OPEN&limit=20",
                        200,
                        "{'items':[{'id':'" + ID
                                + "','status':'OPEN','type':'http','attempts':4,'reason':'not_retryable',"
                                + "'died_at':'2026-03-01T11:59:30Z','category':'authentication','message':'HTTP 401'}]}")
                .on("GET /dead-letters?limit=20", 200, "{'items':[]}")
                .on("POST /dead-letters/" + ID + "/retry", 200, RETRYING)
                .on("POST /dead-letters/" + ID + "/resolve", 200, SUCCEEDED)
                .on("POST /dead-letters/" + ID + "/reject", 200, SUCCEEDED);

        assertThat(typed.run("dead-letters").out())
                .contains("OPEN    http  " + ID + "  4         not retryable  30s ago  authentication: HTTP 401");
        assertThat(typed.run("dead-letters", "list", "--status", "all").out()).contains("No such dead letters.");
        assertThat(typed.run("dead-letters", "retry", ID, "--payload", "{\"a\":2}")
                        .exitCode())
                .isZero();
        assertThat(typed.run("dead-letters", "resolve", ID, "--note", "by phone")
                        .exitCode())
                .isZero();
        assertThat(typed.run("dead-letters", "reject", ID).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.run("dead-letters", "reject", ID, "--note", "gone").exitCode())
                .isZero();
        assertThat(api.asked())
                .extracting(StubApi.Asked::body)
                .contains("{\"payload\":{\"a\":2}}", "{\"note\":\"by phone\"}", "{\"note\":\"gone\"}");
    }

    @Test
    void scopesAreListedShownAndChanged() {
        String scope = "{'id':7,'scope':'sync','key':'sync: restaurant_id=1, platform=uber_eats',"
                + "'label':'Le Bouzou on uber_eats','failures':3,'limit':3,'disabled':true,"
                + "'disabled_at':'2026-03-01T11:59:30Z','disabled_by':'system','automatic':true,'held':4,'skipped':2,"
                + "'last_failure_at':'2026-03-01T11:59:30Z','last_category':'authentication','last_error':'HTTP\\u001b 401'}";
        api.on("GET /scopes?failing=true&limit=50", 200, "{'items':[" + scope + "]}")
                .on("GET /scopes?restaurant_id=1&disabled=true&limit=50", 200, "{'items':[]}")
                .on("GET /scopes/7", 200, scope)
                .on(
                        "POST /scopes/reset?restaurant_id=1&platform=uber%20eats",
                        200,
                        "{'reset':[{'scope':{'id':7,'label':'Le Bouzou on uber_eats'},'failures':3,'enabled':true}],"
                                + "'stay_disabled':[{'id':8,'label':'Other'}]}")
                .on("POST /scopes/reset", 200, "{'reset':[],'stay_disabled':[]}")
                .on("POST /scopes/7/enable", 200, scope)
                .on("POST /scopes/7/disable", 200, scope);

        assertThat(typed.run("scopes").out())
                .contains(
                        "7   sync: Le Bouzou on uber_eats  3/3       disabled by system  4     30s ago       HTTP 401");
        assertThat(typed.run("scopes", "list", "--all", "--disabled", "restaurant_id=1")
                        .out())
                .contains("No such scopes.");
        assertThat(typed.run("scopes", "show", "7").out())
                .contains("failures in a row  3 of 3", "disabled by system since", "runs held          4");
        assertThat(typed.run("scopes", "reset", "restaurant_id=1", "platform=uber eats", "--note", "mended")
                        .out())
                .contains("Reset Le Bouzou on uber_eats, which had 3 failures; it is enabled again.")
                .contains("Other was disabled by a person and stays so: requartz scopes enable 8");
        assertThat(typed.run("scopes", "reset").out()).contains("There was nothing to reset.");
        assertThat(typed.run("scopes", "reset", "restaurant_id").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.run("scopes", "enable", "7").exitCode()).isZero();
        assertThat(typed.run("scopes", "disable", "7", "--note", "holiday").exitCode())
                .isZero();
        assertThat(api.asked())
                .extracting(StubApi.Asked::body)
                .contains("{\"note\":\"mended\"}", "{\"note\":\"holiday\"}");
    }

    @Test
    void theSchedulerIsShownPausedAndResumed() {
        String status = "{'paused':true,'paused_since':'2026-03-01T11:00:00Z','paused_by':'token:admin','paused_types':"
                + "[{'type':'mail','since':'2026-03-01T11:30:00Z','by':'anna'}],'runs':{'DEAD':2,'RUNNING':0},"
                + "'nodes':[{'id':'box','state':'ACTIVE','running':1,'workers':10}]}";
        api.on("GET /scheduler", 200, status)
                .on("POST /scheduler/pause", 200, status)
                .on("POST /scheduler/resume", 200, status);

        assertThat(typed.run("status").out())
                .contains("paused since 12:00:00 by token:admin")
                .contains("mail is paused since 12:30:00 by anna")
                .contains("runs:  2 dead")
                .contains("node:  box ACTIVE, 1 of 10 workers busy");
        assertThat(typed.run("pause", "mail", "--note", "quiet").exitCode()).isZero();
        assertThat(typed.run("resume").exitCode()).isZero();
        assertThat(api.asked())
                .extracting(StubApi.Asked::body)
                .containsExactly("", "{\"note\":\"quiet\",\"type\":\"mail\"}", "{}");
    }

    @Test
    void nodesAndJobTypesAreTables() {
        api.on(
                        "GET /nodes",
                        200,
                        "{'items':[{'id':'box','self':true,'state':'ACTIVE','host':'h','pid':7,'version':'1','running':1,"
                                + "'workers':10,'last_beat_at':'2026-03-01T11:59:58Z','types':['a','b']}]}")
                .on(
                        "GET /job-types",
                        200,
                        "{'items':[{'name':'http','plugin':'scheduler-jobs','title':'HTTP','retry':{'max-attempts':5},"
                                + "'description':''}]}");

        assertThat(typed.run("nodes").out()).contains("box *  ACTIVE  h     7    1        1/10  2s ago     a, b");
        assertThat(typed.run("job-types").out()).contains("http  scheduler-jobs  5         HTTP");
    }

    @Test
    void cancelTellsWhatItMeans() {
        api.on(
                "POST /runs/" + ID + "/cancel",
                202,
                "{'run':" + RETRYING + ",'requested':true,'message':'asked to stop'}");

        assertThat(typed.run("cancel", ID).out()).contains("asked to stop").contains(ID);
    }

    @Test
    void findingsOfTheDoctorMakeItFail() {
        api.on("GET /livez", 200, "{}").on("POST /doctor", 200, "{'items':[]}");

        assertThat(typed.run("doctor").out()).contains("All is well.");

        api.close();
    }

    @Test
    void oneFindingIsShownWithItsHint() {
        api.on("GET /livez", 200, "{}")
                .on(
                        "POST /doctor",
                        200,
                        "{'findings':[{'invariant':'I3','severity':'ERROR','what':'a trigger without run','hint':'remove it',"
                                + "'examples':['t1']}]}");

        Typed.Result result = typed.run("doctor");

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).contains("ERROR I3: a trigger without run", "  t1", "  hint: remove it", "1 finding.");
    }
}
