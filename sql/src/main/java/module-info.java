/** Storages in SQL databases: SQLite, PostgreSQL and MariaDB. */
@SuppressWarnings("requires-automatic") // Flyway has no module descriptor
module dev.fleche.sql {
    requires transitive dev.fleche;
    requires flyway.core;
    requires java.sql;
    requires org.xerial.sqlitejdbc;
    requires static com.zaxxer.hikari;
    requires static transitive org.jspecify;

    exports dev.fleche.sql;
    exports dev.fleche.sql.migration to
            flyway.core;

    provides dev.fleche.storage.StorageProvider with
            dev.fleche.sql.SqliteProvider,
            dev.fleche.sql.PostgreSqlProvider,
            dev.fleche.sql.MariaDbProvider;

    uses java.sql.Driver;
}
