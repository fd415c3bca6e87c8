package io.requartz.config;

/**
 * Where a setting was written.
 *
 * @param source a file, {@code environment NAME}, or {@code --set key}
 * @param line from 1; 0 if the source has no lines
 * @param column from 1
 */
record Origin(String source, int line, int column) {

    static Origin of(String source) {
        return new Origin(source, 0, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
