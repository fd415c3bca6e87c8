package io.requartz.admin.console;

import io.requartz.node.RequartzNode;
import io.requartz.plugin.JobTypeDefinition;
import java.util.Map;
import java.util.stream.Collectors;

/** What people call job types. */
record Titles(Map<String, String> byName) {

    static Titles of(RequartzNode node) {
        return new Titles(
                node.control().jobTypes().stream().collect(Collectors.toMap(JobTypeDefinition::name, Titles::title)));
    }

    static String title(JobTypeDefinition type) {
        return Words.line(type.title(), 80);
    }

    /** The type's name, if no node ever brought it along. */
    String of(String type) {
        return byName.getOrDefault(type, type);
    }
}
