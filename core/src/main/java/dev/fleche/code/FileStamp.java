package dev.fleche.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What tells whether a file is still the one that was read before; times are nanoseconds since 1970. Immutable.
 *
 * @param size its size
 * @param modified when its content was written, as programs say
 * @param changed when the operating system changed it or its attributes; 0 where that is not known
 * @param inode its number in the file system; 0 where that is not known
 * @param device the number of the file system; 0 where that is not known
 */
record FileStamp(long size, long modified, long changed, long inode, long device) {

    private static final long SECOND = 1_000_000_000;
    /** Two writes closer than that may bear the same time. */
    private static final long UNSETTLED = 2 * SECOND;

    static FileStamp of(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            Map<String, Object> all = Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino,dev");
            return new FileStamp(
                    number(all, "size"),
                    nanos((FileTime) known(all, "lastModifiedTime")),
                    nanos((FileTime) known(all, "ctime")),
                    number(all, "ino"),
                    number(all, "dev"));
        }
        BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(basic.size(), nanos(basic.lastModifiedTime()), 0, 0, 0);
    }

    private static Object known(Map<String, Object> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }

    private static long number(Map<String, Object> all, String name) {
        return (Long) known(all, name);
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }

    /** Returns the time in the unit of stamps. */
    static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * SECOND + now.getNano();
    }

    /** Returns whether both are equal; records compare themselves slowly in a JVM that has just started. */
    boolean isSame(@Nullable FileStamp other) {
        return other != null
                && size == other.size
                && modified == other.modified
                && changed == other.changed
                && inode == other.inode
                && device == other.device;
    }

    /** Returns when it was last changed. */
    long lastChange() {
        return Math.max(modified, changed);
    }

    /** Returns whether a file with an equal stamp has the content that was read at a time. */
    boolean isTelling(long read) {
        return changed != 0 && lastChange() < read - UNSETTLED;
    }
}
