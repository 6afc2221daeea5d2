package dev.fleche.sql;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.StoredExplanationContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;

class SqliteExplanationTest extends StoredExplanationContract {

    @TempDir
    Path directory;

    @Override
    protected CacheConfig config() {
        return SqliteFiles.config(directory);
    }

    @Override
    protected void damageRecord(Digest key, UnaryOperator<byte[]> damage) {
        try (Connection connection = SqliteFiles.connect(directory)) {
            StoredRows.damageRecord(connection, key, damage);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected void damageValue(Address address, UnaryOperator<byte[]> damage) {
        try (Connection connection = SqliteFiles.connect(directory)) {
            StoredRows.damageValue(connection, address.sha256(), damage);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
