package dev.fleche.testing;

import dev.fleche.testing.SystemCall.Point;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The system calls of a running process that concern files, from the making of this object to its closing.
 *
 * <p>One of them may be made to fail, or to kill the process. Needs {@code strace} and the right to trace the process.
 * Not thread-safe.
 */
public final class SystemCalls implements AutoCloseable {

    /** Those that concern files; a question mark before what some architectures lack. */
    private static final String TRACED = "?open,openat,?creat,write,writev,pwrite64,pwritev,?pwritev2,"
            + "?rename,?renameat,?renameat2,?link,linkat,?unlink,unlinkat,?mkdir,mkdirat,?rmdir,"
            + "fsync,fdatasync,msync,sync_file_range,truncate,ftruncate,fallocate,"
            + "?chmod,fchmod,fchmodat,?utime,?utimes,utimensat,fcntl,flock,close,"
            + "read,readv,pread64";

    /** A line begins with the thread, unless a single one is watched. */
    private static final Pattern LINE = Pattern.compile("(?:(\\d+) +)?(.*)");

    private static final Pattern CALL = Pattern.compile("(\\w+)(\\(.*)");
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
    private static final String UNFINISHED = "<unfinished ...>";
    private static final long LIMIT_SECONDS = 60;

    private final Process strace;
    private final Path log;

    private SystemCalls(Path log, String... options) {
        this.log = log;
        List<String> command = new ArrayList<>(List.of("strace", "-y", "-o", log.toString(), "-e", "trace=" + TRACED));
        command.addAll(List.of(options));
        try {
            strace = new ProcessBuilder(command).redirectErrorStream(true).start();
            awaitAttached();
        } catch (IOException e) {
            throw new UncheckedIOException("expected strace to run: install the package strace", e);
        }
    }

    /** Watches a process. */
    public static SystemCalls of(long process, Path log) {
        return new SystemCalls(log, "-f", "-p", Long.toString(process));
    }

    /** Watches a process, and kills it when any of its threads is at {@code point}. */
    public static SystemCalls killing(long process, Path log, Point point) {
        return new SystemCalls(log, "-f", "-p", Long.toString(process), "-e", injection(point, "signal=KILL"));
    }

    /** Watches a thread, and lets its call at {@code point} fail with {@code error}, such as {@code EIO}. */
    public static SystemCalls failingIn(long thread, Path log, Point point, String error) {
        return new SystemCalls(log, "-p", Long.toString(thread), "-e", injection(point, "error=" + error));
    }

    /** Watches what a process does with one file, and lets every call of that name fail. */
    public static SystemCalls failingOn(Path file, long process, Path log, String name, String error) {
        return new SystemCalls(
                log,
                "-f",
                "-p",
                Long.toString(process),
                "-P",
                file.toString(),
                "-e",
                "inject=" + name + ":error=" + error);
    }

    private static String injection(Point point, String what) {
        return "inject=" + point.name() + ":" + what + ":when=" + point.ordinal();
    }

    private void awaitAttached() throws IOException {
        BufferedReader output = strace.inputReader(StandardCharsets.UTF_8);
        StringBuilder all = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            all.append(line).append('\n');
            if (line.contains(" attached")) {
                return;
            }
        }
        throw new AssertionError("strace did not attach to the process:\n" + all);
    }

    /** Stops watching, and returns the calls in the order of their beginnings. */
    public List<SystemCall> end() {
        close();
        try {
            return parse(Files.readAllLines(log, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves the process alone, which goes on unhindered. */
    @Override
    public void close() {
        strace.destroy();
        try {
            if (!strace.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("strace did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while strace ended", e);
        }
    }

    static List<SystemCall> parse(List<String> lines) {
        List<SystemCall> calls = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        Map<Long, Integer> unfinished = new HashMap<>();
        for (int at = 0; at < lines.size(); at++) {
            Matcher line = LINE.matcher(lines.get(at));
            if (!line.matches()) {
                continue;
            }
            long thread = line.group(1) == null ? 0 : Long.parseLong(line.group(1));
            Matcher call = CALL.matcher(line.group(2));
            Matcher resumed = RESUMED.matcher(line.group(2));
            if (call.matches()) {
                boolean whole = !call.group(2).endsWith(UNFINISHED);
                int ordinal = counts.merge(thread + call.group(1), 1, Integer::sum);
                if (!whole) {
                    unfinished.put(thread, calls.size());
                }
                calls.add(new SystemCall(
                        thread, call.group(1), ordinal, call.group(2), at, whole ? at : Integer.MAX_VALUE));
            } else if (resumed.matches() && unfinished.containsKey(thread)) {
                int index = unfinished.remove(thread);
                calls.set(index, finished(calls.get(index), resumed.group(1), at));
            }
        }
        return calls;
    }

    private static SystemCall finished(SystemCall call, String rest, int at) {
        // a call that the end of the process cut short has no result
        boolean ended = !rest.endsWith("= ?");
        String text = call.text().replace(UNFINISHED, "") + rest;
        return new SystemCall(
                call.thread(), call.name(), call.ordinal(), text, call.begun(), ended ? at : Integer.MAX_VALUE);
    }
}
