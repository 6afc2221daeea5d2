package dev.fleche.sql;

/** A kind of database, with what differs between them. */
enum Dialect {
    SQLITE("sqlite"),
    POSTGRESQL("postgresql"),
    MARIADB("mariadb");

    private final String type;

    Dialect(String type) {
        this.type = type;
    }

    /** Returns the type name of its storages. */
    String type() {
        return type;
    }
}
