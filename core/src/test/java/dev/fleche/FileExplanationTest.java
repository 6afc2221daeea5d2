package dev.fleche;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.StoredExplanationContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;

class FileExplanationTest extends StoredExplanationContract {

    @TempDir
    Path directory;

    @Override
    protected CacheConfig config() {
        return CacheConfig.of("files").with("path", directory.toString());
    }

    @Override
    protected void damageRecord(Digest key, UnaryOperator<byte[]> damage) {
        damage("calls", key.toString(), damage);
    }

    @Override
    protected void damageValue(Address address, UnaryOperator<byte[]> damage) {
        damage("values", address.toString(), damage);
    }

    private void damage(String part, String name, UnaryOperator<byte[]> damage) {
        Path file = directory.resolve(part).resolve(name.substring(0, 2)).resolve(name.substring(2));
        try {
            byte[] damaged = damage.apply(Files.readAllBytes(file));
            // it may be read-only
            Files.delete(file);
            Files.write(file, damaged);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
