package io.requartz.walk;

import java.util.List;
import java.util.Map;

/** What a run works on, which is its scope: a restaurant on a platform. */
record Place(int restaurant, String platform) {

    static final List<String> PLATFORMS = List.of("deliveroo", "uber_eats");
    static final int RESTAURANTS = 2;

    static Place of(Map<String, String> dimensions) {
        return new Place(Integer.parseInt(dimensions.get("restaurant_id")), dimensions.get("platform"));
    }

    String payload(List<String> script) {
        return "{\"restaurant_id\": %d, \"platform\": \"%s\", \"script\": %s}"
                .formatted(restaurant, platform, script(script));
    }

    static String script(List<String> script) {
        return "[\"" + String.join("\", \"", script) + "\"]";
    }
}
