package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.admin.node.NodeProcess;
import io.requartz.admin.node.StartFailure;
import io.requartz.node.Finding;
import io.requartz.node.RequartzNode;
import io.requartz.node.Severity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description =
                "Examine whether everything in the database fits together. Goes through the running node if there is one.")
final class DoctorCommand extends ClientCommand {

    @Option(names = "--offline", description = "Open the database directly, whatever answers at the server's address.")
    private boolean offline;

    @Override
    public Integer call() {
        JsonNode findings = offline || !api().answers() ? opened() : asked();
        ObjectNode answer = object();
        answer.set("findings", findings);
        print(answer, () -> show(findings));
        return isWell(findings) ? ExitCode.OK : ExitCode.FAILED;
    }

    /** What is merely worth knowing is no illness. */
    private static boolean isWell(JsonNode findings) {
        for (JsonNode finding : findings) {
            if (!Severity.INFO.name().equals(Json.textOrEmpty(finding, "severity"))) {
                return false;
            }
        }
        return true;
    }

    private JsonNode asked() {
        JsonNode answer = api().post("/doctor", object());
        return answer.has("findings") ? answer.get("findings") : answer.path("items");
    }

    private JsonNode opened() {
        try (RequartzNode node = NodeProcess.open(root().settings().config())) {
            ArrayNode findings = Api.JSON.createArrayNode();
            for (Finding finding : node.doctor().examine()) {
                ObjectNode told = findings.addObject()
                        .put("invariant", finding.invariant())
                        .put("severity", finding.severity().name())
                        .put("what", finding.what())
                        .put("hint", finding.hint());
                finding.examples().forEach(told.putArray("examples")::add);
            }
            return findings;
        } catch (StartFailure failure) {
            throw NodeCommand.asCliFailure(failure);
        }
    }

    private void show(JsonNode findings) {
        for (JsonNode finding : findings) {
            say(Json.textOrEmpty(finding, "severity") + " " + Json.textOrEmpty(finding, "invariant") + ": "
                    + Texts.oneLine(Json.textOrEmpty(finding, "what")));
            finding.path("examples").forEach(example -> say("  " + Texts.oneLine(example.asText())));
            Json.text(finding, "hint").filter(hint -> !hint.isBlank()).ifPresent(hint -> say("  hint: " + hint));
        }
        say(isWell(findings) ? "All is well." : count(findings.size(), "finding.", "findings."));
    }
}
