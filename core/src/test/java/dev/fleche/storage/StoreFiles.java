package dev.fleche.storage;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a store, as its documented layout has them. */
final class StoreFiles {

    private StoreFiles() {}

    static Path record(Path store, Digest key) {
        String hex = key.toString();
        return store.resolve("calls").resolve(hex.substring(0, 2)).resolve(hex.substring(2));
    }

    static Path value(Path store, Address address) {
        String hex = address.toString();
        return store.resolve("values").resolve(hex.substring(0, 2)).resolve(hex.substring(2));
    }

    /** Returns everything below {@code directory}, by its path from there; nothing if there is no directory. */
    static List<String> below(Path directory) {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.skip(1)
                    .map(path -> directory.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens the store for as long as its sweep takes. */
    static void sweep(Path store) {
        FileStore opened = FileStorages.openStore(store, Durability.FAST);
        try {
            opened.awaitSweep();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            opened.close();
            opened.close();
        }
    }
}
