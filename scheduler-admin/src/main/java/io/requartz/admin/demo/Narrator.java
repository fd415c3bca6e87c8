package io.requartz.admin.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.deadletter.DeadLetter;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.node.RequartzNode;
import io.requartz.run.RunState;
import io.requartz.scope.Scope;
import io.requartz.scope.ScopeFilter;
import io.requartz.scope.ScopeStatus;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tells beside the log what a person can do: about each scope that is disabled, about a dead letter of each kind, and now and then
 * how it stands. Not thread-safe.
 */
final class Narrator {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 50;
    private static final String MENU_PUSH = "menu_push";
    private static final Map<String, String> SCHEDULES = Map.of("sync", "hourly-sync", "menus", "menu-push");

    private final RequartzNode node;
    private final Consumer<String> lines;
    private final String command;
    private final String options;
    private final Set<Long> disabled = new HashSet<>();
    private final Set<String> kindsOfDeadLetters = new HashSet<>();
    private String lastSum = "";

    /**
     * @param lines prints one line, and makes foreign text harmless
     * @param command how this program is called
     * @param options what a command needs to reach this node, beginning with a blank; may be empty
     */
    Narrator(RequartzNode node, Consumer<String> lines, String command, String options) {
        this.node = node;
        this.lines = lines;
        this.command = command;
        this.options = options;
    }

    /** Looks for what a person can do something about, and tells it once. */
    void look() {
        Set<Long> now = new HashSet<>();
        for (ScopeStatus status : node.scopes().list(disabledOnes(), MOST, null).items()) {
            Scope scope = status.scope();
            now.add(scope.id());
            if (!disabled.contains(scope.id())) {
                disabled(scope);
            }
        }
        disabled.clear();
        disabled.addAll(now);
        for (DeadLetter letter :
                node.deadLetters().list(DeadLetterFilter.OPEN, MOST, null).items()) {
            if (letter.type().equals(MENU_PUSH) && kindsOfDeadLetters.add(letter.fingerprint())) {
                died(node.deadLetters().get(letter.runId()));
            }
        }
    }

    private static ScopeFilter disabledOnes() {
        return new ScopeFilter(null, true, false, Map.of());
    }

    private void disabled(Scope scope) {
        String cells = scope.dimensions().entrySet().stream()
                .map(dimension -> " --cell " + dimension.getKey() + "=" + dimension.getValue())
                .collect(Collectors.joining());
        say(
                (scope.name().equals("sync") ? "Sync of " : "Menu of ") + scope.label()
                        + " is disabled: nothing of it fails any more, and the others go on.",
                scope.name().equals("sync")
                        ? "Its owner has renewed the credentials. Run it by hand, under Scopes in the console or with"
                        : "Once its menu is right, run it by hand, under Scopes in the console or with",
                command + " schedules trigger " + SCHEDULES.get(scope.name()) + cells + options);
    }

    private void died(DeadLetter letter) {
        say(
                "A menu push is a dead letter: " + letter.message() + ". No retry mends that.",
                "Send it with a right price, under Dead letters in the console or with",
                command + " retry " + letter.runId() + " --payload '" + mended(letter.payload()) + "'" + options);
    }

    /** The same menu with all prices above zero. */
    private static String mended(String payload) {
        try {
            JsonNode tree = JSON.readTree(payload);
            if (tree.path("menu") instanceof ObjectNode menu) {
                Map<String, JsonNode> dishes = new LinkedHashMap<>();
                menu.properties().forEach(dish -> dishes.put(dish.getKey(), dish.getValue()));
                dishes.forEach((dish, price) -> menu.set(dish, DoubleNode.valueOf(Math.abs(price.asDouble()))));
            }
            return tree.toString();
        } catch (JsonProcessingException notJson) {
            return payload;
        }
    }

    private void say(String... more) {
        for (int i = 0; i < more.length; i++) {
            lines.accept((i == 0 ? "  > " : "    ") + more[i]);
        }
    }

    /** Tells how it stands, if that has changed. */
    void sum() {
        Map<RunState, Long> counts = node.control().status().runs();
        long dead = counts.getOrDefault(RunState.DEAD, 0L);
        String sum = counts.getOrDefault(RunState.SUCCEEDED, 0L) + " runs went well so far; "
                + counts.getOrDefault(RunState.RETRYING, 0L) + " will be tried again, " + dead
                + (dead == 1 ? " waits" : " wait") + " for a person.";
        if (!sum.equals(lastSum)) {
            say(sum);
            lastSum = sum;
        }
    }

    List<String> commands() {
        return List.of("status", "scopes", "dead-letters", "schedules").stream()
                .map(what -> command + " " + what + options)
                .toList();
    }
}
