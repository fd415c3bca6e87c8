package io.requartz.plugin;

/**
 * How large a plugin jar may be, so that no file in the directory can exhaust the node.
 *
 * @param jarBytes of the file itself
 * @param entries in the jar, directories too
 * @param unpackedBytes of all entries together
 */
record PluginLimits(long jarBytes, int entries, long unpackedBytes) {

    static final PluginLimits DEFAULT = new PluginLimits(256L << 20, 20_000, 1L << 30);

    /** A class file is held in memory while its header is read. */
    static final int CLASS_BYTES = 16 << 20;

    /** Descriptor or payload schema. */
    static final int TEXT_BYTES = 1 << 20;
}
