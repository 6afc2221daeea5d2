package dev.fleche.benchmarks.stores;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;

/** One file per entry in one of 256 directories, written aside and renamed. */
final class PlainFiles implements Store.OfBytes {

    private static final int SHARDS = 256;

    private final Path directory;
    private final Path aside;
    private final boolean isDurable;

    private PlainFiles(Path directory, boolean isDurable) {
        this.directory = directory;
        this.aside = directory.resolve("aside");
        this.isDurable = isDurable;
    }

    static PlainFiles open(Path directory, boolean isDurable) throws IOException {
        PlainFiles files = new PlainFiles(directory, isDurable);
        if (!Files.exists(files.aside)) {
            Files.createDirectories(files.aside);
            for (int i = 0; i < SHARDS; i++) {
                Files.createDirectories(directory.resolve(HexFormat.of().toHexDigits((byte) i)));
            }
        }
        return files;
    }

    @Override
    public void fill(int start, int end) throws IOException {
        for (int i = start; i < end; i++) {
            put(entry(i));
        }
    }

    @Override
    public int read(byte[] key) throws IOException {
        try {
            return Files.readAllBytes(path(key)).length;
        } catch (NoSuchFileException absent) {
            return -1;
        }
    }

    @Override
    public void put(Entries.Entry entry) throws IOException {
        Path target = path(entry.key());
        Path temporary = aside.resolve(target.getFileName());
        if (!isDurable) {
            Files.write(temporary, entry.value(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(entry.value()));
            file.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel shard = FileChannel.open(target.resolveSibling("."))) {
            shard.force(true);
        }
    }

    @Override
    public void close() {
        // holds nothing
    }

    private Path path(byte[] key) {
        String hex = HexFormat.of().formatHex(key);
        return directory.resolve(hex.substring(0, 2)).resolve(hex.substring(2));
    }
}
