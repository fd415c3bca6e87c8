package io.requartz.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

/** What truly differs between the databases; everything else is SQL that all of them read alike. */
public enum Dialect {
    H2("h2", " FOR UPDATE", "JOIN"),
    MYSQL("mysql", " FOR SHARE", "STRAIGHT_JOIN"),
    MARIADB("mysql", " LOCK IN SHARE MODE", "STRAIGHT_JOIN"),
    POSTGRESQL("postgresql", " FOR SHARE", "JOIN");

    private final String folder;
    private final String shareLock;
    private final String orderedJoin;

    Dialect(String folder, String shareLock, String orderedJoin) {
        this.folder = folder;
        this.shareLock = shareLock;
        this.orderedJoin = orderedJoin;
    }

    /** Where its scripts are, under {@code io/requartz/sql}. */
    public String folder() {
        return folder;
    }

    /** Ends a SELECT whose rows nobody may change until the commit. H2 has no share lock and takes the row alone. */
    public String shareLock() {
        return shareLock;
    }

    /** Joins a locking read from left to right: MySQL locks what it reads, and the other way round it would read everything. */
    String orderedJoin() {
        return orderedJoin;
    }

    /** Stands behind a table's name: MySQL would read all of a table whose statistics say that it is empty. */
    String onlyIndex(String index) {
        return this == MYSQL || this == MARIADB ? "FORCE INDEX (" + index + ")" : "";
    }

    /** One process owns the database's file, so no other node can be alive beside this one. */
    public boolean embedded(String url) {
        return this == H2
                && !url.startsWith("jdbc:h2:tcp:")
                && !url.startsWith("jdbc:h2:ssl:")
                && !url.startsWith("jdbc:h2:mem:");
    }

    /** @throws SQLException if the product is none of the four */
    public static Dialect of(Connection connection) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        String product = data.getDatabaseProductName().toLowerCase(Locale.ROOT);
        if (product.contains("mariadb")
                || data.getDatabaseProductVersion().toLowerCase(Locale.ROOT).contains("mariadb")) {
            return MARIADB;
        }
        return switch (product) {
            case "h2" -> H2;
            case "mysql" -> MYSQL;
            case "postgresql" -> POSTGRESQL;
            default ->
                throw new SQLException(
                        "Requartz runs on H2, MySQL, MariaDB and PostgreSQL; this is " + data.getDatabaseProductName());
        };
    }
}
