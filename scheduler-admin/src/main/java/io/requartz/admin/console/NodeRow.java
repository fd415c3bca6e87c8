package io.requartz.admin.console;

import io.requartz.node.NodeStatus;

/** A node in a list. */
record NodeRow(String id, Chip chip, String work, Moment beat, boolean self) {

    static NodeRow of(NodeStatus node, Times times) {
        Chip chip = switch (node.state()) {
            case "ACTIVE" -> Chip.good("Active");
            case "DRAINING" -> Chip.retrying("Draining");
            default -> Chip.dead("Lost");
        };
        return new NodeRow(
                Words.line(node.id(), 60),
                chip,
                node.running() + " of " + node.workers(),
                times.distance(node.lastBeatAt()),
                node.self());
    }
}
