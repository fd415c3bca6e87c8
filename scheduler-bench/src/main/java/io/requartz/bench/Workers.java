package io.requartz.bench;

import picocli.CommandLine.Option;

/** How much a node does at once. */
final class Workers {

    @Option(
            names = "--threads",
            defaultValue = "20",
            description = "Worker threads of a node. Default: ${DEFAULT-VALUE}")
    int threads;
}
