package io.requartz.admin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodesTest {

    @TempDir
    Path home;

    private StubApi api;
    private Typed typed;

    @BeforeEach
    void startApi() throws IOException {
        api = new StubApi();
        typed = new Typed(home).with("REQUARTZ_HTTP_PORT", "" + api.port());
    }

    @AfterEach
    void stopApi() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({"400,2", "413,2", "422,2", "401,6", "403,6", "404,3", "409,4", "412,4", "429,5", "503,5", "500,1"})
    void anAnswersStatusIsAnExitCode(int status, int exitCode) {
        api.on("GET /nodes", status, "{'title':'T','detail':'what came','hint':'what to do','details':['one','two']}");

        Typed.Result result = typed.with("REQUARTZ_TOKEN", "t").run("nodes");

        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("error: what came");
    }

    @Test
    void aProblemIsPrintedWithItsDetailsAndItsHint() {
        api.on("GET /nodes", 400, "{'title':'T','detail':'what came','hint':'what to do','details':['one','two']}");

        assertThat(typed.run("nodes").err().lines())
                .containsExactly("error: what came", "  - one", "  - two", "hint:  what to do");
    }

    @Test
    void withJsonAProblemIsPrintedAsItCame() {
        api.on("GET /nodes", 409, "{'title':'T','detail':'what came','status':409}");

        Typed.Result result = typed.run("nodes", "--json");

        assertThat(result.exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(result.err()).contains("\"status\" : 409");
    }

    @Test
    void nobodyAnsweringIsUnreachable() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        Typed.Result result = typed.run("--port", "" + free, "nodes");

        assertThat(result.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(result.err())
                .contains("There is no answer from http://127.0.0.1:" + free)
                .contains("hint:");
    }

    @Test
    void anotherServerIsNotTakenForANode() {
        api.on("GET /nodes", 200, "<html>").on("GET /job-types", 404, "<html>");

        assertThat(typed.run("nodes").err()).contains("is not Requartz");
        assertThat(typed.run("job-types").exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void misuseIsToldInTwoLines() {
        Typed.Result unknownOption = typed.run("runs", "--limti", "5");
        assertThat(unknownOption.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknownOption.err()).contains("error: ").contains("--limti").contains("help:  requartz runs --help");

        Typed.Result unknownCommand = typed.run("rnus");
        assertThat(unknownCommand.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknownCommand.err()).contains("'rnus'").contains("requartz --help");

        assertThat(typed.run().exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.run("--help").exitCode()).isZero();
        assertThat(typed.run("runs", "--help").out()).contains("--state");
        assertThat(typed.run("--version").out()).contains("Requartz");
    }

    @Test
    void aBadConfigurationIsToldWhole() throws IOException {
        Path file = Files.writeString(home.resolve("bad.yaml"), "http: {prot: 1}\nworkers: {threads: x}\n");

        Typed.Result result = typed.run("nodes", "--config", file.toString());

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .contains("'http' has no key 'prot'")
                .contains("workers.threads is 'x'")
                .contains("hint:");
    }

    @Test
    void theTokenIsThatOfTheDirectoryWhoseNodeListensThere() throws IOException {
        api.on("GET /nodes", 200, "{'items':[]}");
        leaveToken("data", "of-data", 1);
        leaveToken("data/demo", "of-demo", api.port());

        typed.run("nodes");

        assertThat(sentToken()).isEqualTo("Bearer of-demo");
    }

    @Test
    void withADataDirectoryGivenNoOtherIsLookedAt() throws IOException {
        api.on("GET /nodes", 200, "{'items':[]}");
        leaveToken("data", "of-data", api.port());
        leaveToken("mine", "of-mine", 1);

        typed.run("nodes", "--data", home.resolve("mine").toString());

        assertThat(sentToken()).isEqualTo("Bearer of-mine");
    }

    @Test
    void aLocalTokenIsNotSentToAnotherMachine() throws IOException {
        leaveToken("data", "of-data", 80);
        Settings.Given given = new Settings.Given(List.of(), List.of(), "http://192.0.2.1:80");
        Settings settings = new Settings(typed.terminal(), given);

        assertThat(settings.token(settings.server())).isEmpty();
        assertThat(new Settings(typed.with("REQUARTZ_TOKEN", "t").terminal(), given).token(settings.server()))
                .contains("t");
    }

    @Test
    void withoutTokenTheHintTellsWhereOneIs() {
        api.on("GET /nodes", 401, "{'title':'No valid token','detail':'none','hint':'h'}");

        Typed.Result result = typed.run("nodes");

        assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_AUTHORIZED);
        assertThat(result.err())
                .contains("No token for")
                .contains("REQUARTZ_TOKEN")
                .contains("--data");
    }

    private String sentToken() {
        return api.asked().get(0).headers().get("Authorization");
    }

    private void leaveToken(String directory, String token, int port) throws IOException {
        Path data = Files.createDirectories(home.resolve(directory));
        Files.writeString(data.resolve("admin-token"), token + "\n");
        Files.writeString(data.resolve("http-address"), "http://127.0.0.1:" + port + "\n");
    }
}
