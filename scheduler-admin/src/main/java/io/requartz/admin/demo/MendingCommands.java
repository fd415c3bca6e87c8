package io.requartz.admin.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.IntFunction;

/** What a person types to mend a dead letter, ready to be copied. */
final class MendingCommands {

    private final String command;
    private final String options;
    private final IntFunction<ObjectNode> pizza;

    /**
     * @param command how this program is called
     * @param options what it takes to reach this node, beginning with a blank; may be empty
     * @param pizza the payload that Pizza Rustica accepts, by number of the order
     */
    MendingCommands(String command, String options, IntFunction<ObjectNode> pizza) {
        this.command = command;
        this.options = options;
        this.pizza = pizza;
    }

    /** Lines for people, of which those that begin with the command can be typed as they are. */
    List<String> forDead(String runId, Shop shop, int order) {
        if (shop == Shop.PIZZA_RUSTICA) {
            return List.of(
                    "Its token has run out; no retry mends that. Type this, with the new token, to make it go:",
                    command + " retry " + runId + " --payload '" + pizza.apply(order) + "'" + options);
        }
        return List.of(
                "Once the shop is well again, or if it never will be:",
                command + " dead-letters retry " + runId + options,
                command + " dead-letters reject " + runId + " --note 'the shop is gone'" + options);
    }

    String see(String what) {
        return command + " " + what + options;
    }
}
