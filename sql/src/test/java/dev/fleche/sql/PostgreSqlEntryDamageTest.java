package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import java.sql.Connection;
import java.sql.SQLException;

class PostgreSqlEntryDamageTest extends EntryDamageContract {

    private final CacheConfig config = ServerStores.newPostgreSql();

    @Override
    CacheConfig config() {
        return config;
    }

    @Override
    Connection connect() throws SQLException {
        return ServerStores.connect(config);
    }
}
