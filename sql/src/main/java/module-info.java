/** Storages in SQL databases: SQLite, PostgreSQL and MariaDB. */
@SuppressWarnings("requires-automatic") // Flyway has no module descriptor
module dev.fleche.sql {
    requires transitive dev.fleche;
    requires com.zaxxer.hikari;
    requires flyway.core;
    requires java.sql;
    requires static transitive org.jspecify;

    exports dev.fleche.sql;
}
