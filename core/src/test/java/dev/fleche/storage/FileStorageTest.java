package dev.fleche.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.testing.PersistentStorageContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;

class FileStorageTest extends PersistentStorageContract {

    @TempDir
    Path directory;

    @Override
    protected CacheConfig config() {
        return CacheConfig.of("files").with("path", directory.toString());
    }

    @Override
    protected void damageRecord(Digest key, UnaryOperator<byte[]> damage) {
        damage(StoreFiles.record(directory, key), damage);
    }

    @Override
    protected void damageValue(Address address, UnaryOperator<byte[]> damage) {
        damage(StoreFiles.value(directory, address), damage);
    }

    @Override
    protected void checkNothingLeft() {
        StoreFiles.sweep(directory);

        assertThat(StoreFiles.below(directory.resolve("temp"))).isEmpty();
        assertThat(StoreFiles.below(directory.resolve("admissions"))).isEmpty();
        assertThat(StoreFiles.below(directory.resolve("owners"))).hasSizeLessThanOrEqualTo(1);
    }

    private static void damage(Path file, UnaryOperator<byte[]> damage) {
        try {
            Files.write(file, damage.apply(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
