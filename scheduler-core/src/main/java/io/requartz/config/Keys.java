package io.requartz.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The names of all settings, as the records have them: a component {@code stopDeadline} is the key {@code stop-deadline}. */
final class Keys {

    /** The areas in which keys are fixed, each with its keys. */
    static final Map<String, List<String>> AREAS = areas();

    static final String RETRY = "retry";
    static final String TYPES = "types";
    static final String SCOPES = "scopes";

    private Keys() {}

    static List<String> of(Class<? extends Record> record) {
        return Arrays.stream(record.getRecordComponents()).map(Keys::key).toList();
    }

    private static Map<String, List<String>> areas() {
        Map<String, List<String>> areas = new LinkedHashMap<>();
        for (RecordComponent area : RequartzConfig.class.getRecordComponents()) {
            if (area.getType().isRecord() && area.getType().getPackage() == Keys.class.getPackage()) {
                areas.put(key(area), of(area.getType().asSubclass(Record.class)));
            }
        }
        return areas;
    }

    private static String key(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
