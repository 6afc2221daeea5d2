/** Storages in SQL databases: SQLite, PostgreSQL and MariaDB. */
@SuppressWarnings("requires-automatic") // Flyway has no module descriptor
module dev.fleche.sql {
    requires transitive dev.fleche;
    requires com.zaxxer.hikari;
    requires flyway.core;
    requires java.sql;
    requires org.xerial.sqlitejdbc;
    requires static transitive org.jspecify;

    exports dev.fleche.sql;

    provides dev.fleche.storage.StorageProvider with
            dev.fleche.sql.SqliteProvider;

    uses java.sql.Driver;
}
