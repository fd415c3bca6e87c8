package io.requartz.admin.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.node.RequartzNode;
import io.requartz.plugin.LoadedPlugin;
import io.requartz.schedule.ScheduleFormat;
import io.requartz.schedule.ScheduleStatus;
import java.util.List;

/**
 * Where a schedule comes from.
 *
 * @param source of its definition
 * @param plugin that brings it; empty if none does
 * @param changed whether people have changed what configuration or the plugin says
 */
record ScheduleOrigin(Source source, String plugin, boolean changed) {

    enum Source {
        CONFIGURATION,
        PLUGIN,
        LIVE
    }

    static ScheduleOrigin of(RequartzNode node, ScheduleStatus status) {
        return of(node.plugins().plugins(), status);
    }

    /** @param plugins that this node has loaded */
    static ScheduleOrigin of(List<LoadedPlugin> plugins, ScheduleStatus status) {
        JsonNode configured = status.definition().configured();
        if (configured == null) {
            return new ScheduleOrigin(Source.LIVE, "", false);
        }
        boolean changed = status.definition().live() != null;
        for (LoadedPlugin plugin : plugins) {
            JsonNode brought = plugin.schedules().get(status.name());
            // configuration takes the place of what a plugin brings under the same name
            if (brought != null && ScheduleFormat.normal(brought).equals(configured)) {
                return new ScheduleOrigin(Source.PLUGIN, Words.line(plugin.name(), 80), changed);
            }
        }
        return new ScheduleOrigin(Source.CONFIGURATION, "", changed);
    }

    /** As a list says it. */
    String words() {
        return switch (source) {
            case CONFIGURATION -> "configuration" + (changed ? ", changed live" : "");
            case PLUGIN -> "plugin " + plugin + (changed ? ", changed live" : "");
            case LIVE -> "made live";
        };
    }

    /** What a live change lies over. */
    String base() {
        return source == Source.PLUGIN ? "the plugin" : "configuration";
    }
}
