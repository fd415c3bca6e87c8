package io.requartz.config;

import java.nio.file.Path;

/**
 * {@code plugins:} where job types come from.
 *
 * @param directory each jar in it is a plugin; absolute; need not exist
 */
public record PluginsConfig(Path directory) {

    public PluginsConfig {
        directory = directory.toAbsolutePath().normalize();
    }
}
