package io.requartz.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

/** What truly differs between the databases; everything else is SQL that all of them read alike. */
public enum Dialect {
    H2("h2", " FOR UPDATE"),
    MYSQL("mysql", " FOR SHARE"),
    MARIADB("mysql", " LOCK IN SHARE MODE"),
    POSTGRESQL("postgresql", " FOR SHARE");

    private final String folder;
    private final String shareLock;

    Dialect(String folder, String shareLock) {
        this.folder = folder;
        this.shareLock = shareLock;
    }

    /** Where its scripts are, under {@code io/requartz/sql}. */
    public String folder() {
        return folder;
    }

    /** Ends a SELECT whose rows nobody may change until the commit. H2 has no share lock and takes the row alone. */
    public String shareLock() {
        return shareLock;
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
