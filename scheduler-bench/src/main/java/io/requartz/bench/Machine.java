package io.requartz.bench;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Where it was measured.
 *
 * @param commitMillis one row inserted and committed, median: no durable step can be faster
 * @param loadBefore load average of the last minute before the first round: above about 0.7, somebody else was at work
 */
public record Machine(String database, String java, int processors, double commitMillis, double loadBefore) {

    private static final int COMMITS = 101;

    static Machine of(Places places) throws Exception {
        try (Place place = places.next()) {
            return of(place);
        }
    }

    static Machine of(Place place) throws SQLException {
        try (Connection connection = place.connect()) {
            DatabaseMetaData data = connection.getMetaData();
            double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            return new Machine(
                    data.getDatabaseProductName() + " " + data.getDatabaseProductVersion(),
                    Runtime.version().toString(),
                    Runtime.getRuntime().availableProcessors(),
                    round(commitMillis(connection)),
                    round(load));
        }
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static double commitMillis(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE BENCH_COMMIT (N INT PRIMARY KEY)");
            connection.commit();
        }
        List<Double> millis = new ArrayList<>();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO BENCH_COMMIT VALUES (?)")) {
            for (int i = 0; i < COMMITS; i++) {
                long began = System.nanoTime();
                insert.setInt(1, i);
                insert.executeUpdate();
                connection.commit();
                millis.add((System.nanoTime() - began) / 1e6);
            }
        }
        return Medians.median(millis, Double::doubleValue);
    }

    @Override
    public String toString() {
        return "%s, Java %s, %d processors, a commit takes %.2f ms, load before %.2f"
                .formatted(database, java, processors, commitMillis, loadBefore);
    }
}
