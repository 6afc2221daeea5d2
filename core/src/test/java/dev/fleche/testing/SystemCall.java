package dev.fleche.testing;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A system call that a process made.
 *
 * @param thread the number of the thread that made it
 * @param name its name, such as {@code rename}
 * @param ordinal how many of that name its thread had made with it
 * @param text its arguments and what it returned, with the path of each file descriptor
 * @param begun its place among the beginnings and ends of all calls
 * @param ended the place of its end; {@link Integer#MAX_VALUE} if the process ended first
 */
public record SystemCall(long thread, String name, int ordinal, String text, int begun, int ended) {

    /**
     * The moment before some thread's call number {@code ordinal} of a name.
     *
     * @param name the name of the system call
     * @param ordinal counted from 1 in each thread
     */
    public record Point(String name, int ordinal) {}

    private static final Pattern PATH = Pattern.compile("\\(\\d+<(/[^>]*)>|\"(/[^\"]*)\"");

    /** Returns the moment before this call. */
    public Point point() {
        return new Point(name, ordinal);
    }

    /** Returns the file that it concerns, or the first one. */
    public Optional<Path> path() {
        Matcher matcher = PATH.matcher(text);
        return matcher.find()
                ? Optional.of(Path.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1)))
                : Optional.empty();
    }

    /** Returns whether it concerns a file in {@code directory}, or the directory. */
    public boolean isBelow(Path directory) {
        return text.contains(directory + "/") || isOn(directory);
    }

    /** Returns whether it concerns the very file {@code path}. */
    public boolean isOn(Path path) {
        return text.contains("<" + path + ">") || text.contains("\"" + path + "\"");
    }

    /** Returns whether it may change what others find, rather than only what its process can do. */
    public boolean changesFiles() {
        return switch (name) {
            case "close", "fcntl", "flock", "read", "readv", "pread64" -> false;
            case "open", "openat" -> text.contains("O_CREAT") || text.contains("O_TRUNC");
            default -> true;
        };
    }

    /** Returns whether it was made to fail. */
    public boolean wasMadeToFail() {
        return text.endsWith("(INJECTED)");
    }

    /** Returns whether it did what it was asked to. */
    public boolean succeeded() {
        return ended < Integer.MAX_VALUE && !text.contains(") = -1 ");
    }
}
