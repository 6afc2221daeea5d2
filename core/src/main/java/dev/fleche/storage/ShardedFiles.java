package dev.fleche.storage;

import dev.fleche.digest.Digest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of one area of a store, named by digests: {@code calls/ab/cdef…}, a directory for each first byte.
 *
 * <p>Safe for several threads and processes.
 */
final class ShardedFiles {

    private static final int SHARD_CHARACTERS = 2;
    private static final Pattern SHARD = Pattern.compile("[0-9a-f]{2}");
    private static final Pattern REST = Pattern.compile("[0-9a-f]{62}");

    private final String area;
    private volatile boolean closed;

    ShardedFiles(Path area) {
        this.area = area.toString();
    }

    /** Returns whether {@code name} is that of a directory of entries. */
    static boolean isShard(String name) {
        return SHARD.matcher(name).matches();
    }

    /** Returns whether {@code name} is that of an entry's file in its directory. */
    static boolean isEntry(String name) {
        return REST.matcher(name).matches();
    }

    File file(Digest name) {
        String hex = name.toString();
        return new File(area
                + File.separator
                + hex.substring(0, SHARD_CHARACTERS)
                + File.separator
                + hex.substring(SHARD_CHARACTERS));
    }

    boolean contains(Digest name) {
        return !closed && file(name).exists();
    }

    boolean remove(Digest name) {
        requireOpen();
        Path path = file(name).toPath();
        try {
            return Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new StorageException(path + " cannot be removed: " + StoreDirectory.reason(e), e);
        }
    }

    /** Returns the digests of all files, shard by shard; no directory stays open. */
    Stream<Digest> names() {
        requireOpen();
        return Arrays.stream(StoreDirectory.names(Path.of(area)))
                .filter(ShardedFiles::isShard)
                .flatMap(this::namesIn);
    }

    boolean isClosed() {
        return closed;
    }

    void requireOpen() {
        if (closed) {
            throw new StorageException("the storage of files in " + area + " is closed; open it again");
        }
    }

    /** Closes the area and returns whether it was open. */
    synchronized boolean close() {
        boolean wasOpen = !closed;
        closed = true;
        return wasOpen;
    }

    private Stream<Digest> namesIn(String shard) {
        return Arrays.stream(StoreDirectory.list(new File(area, shard)))
                .filter(ShardedFiles::isEntry)
                .map(name -> Digest.parse(shard + name));
    }
}
