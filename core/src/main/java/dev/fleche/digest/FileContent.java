package dev.fleche.digest;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file or directory that stands for its content: its digest is made of the bytes, not of the name.
 *
 * <p>The file is read each time a digest is made, at the speed of SHA-256; a directory with everything below it,
 * symbolic links followed. Immutable; two are equal if their paths are.
 */
public final class FileContent {

    private final Path path;

    private FileContent(Path path) {
        this.path = path;
    }

    /** Returns the content of the file or directory at {@code path}, which need not exist before a digest is made. */
    public static FileContent of(Path path) {
        return new FileContent(Objects.requireNonNull(path, "path"));
    }

    /** Returns the path. */
    public Path path() {
        return path;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileContent that && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    /** Returns the path, for people to read. */
    @Override
    public String toString() {
        return "content of " + path;
    }
}
