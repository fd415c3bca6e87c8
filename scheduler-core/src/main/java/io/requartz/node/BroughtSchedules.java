package io.requartz.node;

import io.requartz.definition.DefinitionKind;
import io.requartz.definition.DefinitionSet;
import io.requartz.plugin.LoadedPlugin;
import io.requartz.schedule.ScheduleFormat;
import io.requartz.schedule.ScheduleFormatException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Schedules that plugins bring, under what configuration says. */
final class BroughtSchedules {

    private static final Logger log = LoggerFactory.getLogger(BroughtSchedules.class);

    private BroughtSchedules() {}

    /** Configuration replaces a schedule of the same name, whole. One that makes no sense is left out and logged. */
    static DefinitionSet under(DefinitionSet configured, List<LoadedPlugin> plugins) {
        DefinitionSet all = configured;
        for (LoadedPlugin plugin : plugins) {
            for (var schedule : plugin.schedules().entrySet()) {
                String name = schedule.getKey();
                if (all.of(DefinitionKind.SCHEDULE).containsKey(name)) {
                    continue;
                }
                try {
                    ScheduleFormat.requireName(name);
                    ScheduleFormat.parse(name, schedule.getValue());
                    all = all.with(DefinitionKind.SCHEDULE, name, ScheduleFormat.normal(schedule.getValue()));
                } catch (ScheduleFormatException refused) {
                    log.warn("Plugin {}: its schedule {} is left out: {}", plugin.jar(), name, refused.getMessage());
                } catch (IllegalArgumentException badName) {
                    log.warn("Plugin {}: a schedule is left out: {}", plugin.jar(), badName.getMessage());
                }
            }
        }
        return all;
    }
}
