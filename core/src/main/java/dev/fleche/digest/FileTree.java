package dev.fleche.digest;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** A walk through files and directories that writes their content; symbolic links are followed. */
final class FileTree {

    private static final int BUFFER_BYTES = 64 * 1024;

    private record Entry(String name, Path path) {}

    private final Walk walk;
    private final DigestWriter out;
    private final MessageDigest sha = Sha256.create();
    private final byte[] buffer = new byte[BUFFER_BYTES];

    /** The real paths of the directories that are open, to find links that lead back. */
    private final Deque<Path> open = new ArrayDeque<>();

    FileTree(Walk walk) {
        this.walk = walk;
        this.out = walk.out;
    }

    /** Writes the content of a file or directory. */
    void put(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            putDirectory(path);
        } else if (Files.isRegularFile(path)) {
            out.putByte(Tag.FILE_CONTENT);
            out.putDigest(read(path));
        } else {
            throw walk.fail(" is the content of " + path + ", which "
                    + (Files.exists(path) ? "is neither a file nor a directory" : "does not exist")
                    + "; pass a file that can be read");
        }
    }

    /** Writes the number of entries and, in the order of their names, each one's name and content. */
    private void putDirectory(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (open.contains(real)) {
            throw walk.fail(
                    " is the content of " + directory + ", which leads back to " + real + "; remove the symbolic link");
        }
        open.push(real);
        List<Entry> entries = list(directory);
        out.putInt(Tag.DIRECTORY_CONTENT, entries.size());
        for (Entry entry : entries) {
            out.putString(entry.name);
            out.open();
            put(entry.path);
            out.close();
        }
        open.pop();
    }

    private List<Entry> list(Path directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
            for (Path path : listing) {
                entries.add(new Entry(PathEncoder.textOf(path.getFileName(), walk), path));
            }
        }
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    private Digest read(Path file) throws IOException {
        // a stream on a channel would be closed by an interrupt of this thread
        boolean plain = file.getFileSystem() == FileSystems.getDefault();
        try (InputStream in = plain ? new FileInputStream(file.toFile()) : Files.newInputStream(file)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                sha.update(buffer, 0, length);
            }
        }
        return Digest.of(sha.digest());
    }
}
