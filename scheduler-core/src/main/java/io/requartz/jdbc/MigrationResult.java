package io.requartz.jdbc;

import java.util.List;

/**
 * How the schema stands, ready for use.
 *
 * @param schemaLevel number of the newest script in it; higher than {@link Migration#CODE_LEVEL} if newer code has been here
 * @param applied how many scripts were applied now
 * @param warnings what is there besides, a sentence each; may be empty
 */
public record MigrationResult(int schemaLevel, int applied, List<String> warnings) {

    public MigrationResult {
        warnings = List.copyOf(warnings);
    }
}
