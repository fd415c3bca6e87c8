package io.requartz.bench;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/**
 * Where it was measured.
 *
 * @param loadBefore load average of the last minute before the first round: above about 0.7, somebody else was at work
 */
public record Machine(String database, String java, int processors, double loadBefore) {

    static Machine of(Place place) throws SQLException {
        try (Connection connection = place.connect()) {
            DatabaseMetaData data = connection.getMetaData();
            double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            return new Machine(
                    data.getDatabaseProductName() + " " + data.getDatabaseProductVersion(),
                    Runtime.version().toString(),
                    Runtime.getRuntime().availableProcessors(),
                    Math.round(load * 100) / 100.0);
        }
    }

    @Override
    public String toString() {
        return "%s, Java %s, %d processors, load before %.2f".formatted(database, java, processors, loadBefore);
    }
}
