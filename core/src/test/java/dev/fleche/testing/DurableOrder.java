package dev.fleche.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a power failure could take from a store of files, by the order of a process's system calls.
 *
 * <p>What was written to a file, and its mode, lasts from the next fsync of that file on; a name, of a file or a
 * directory, from the next fsync of the directory that holds it. Not thread-safe.
 */
public final class DurableOrder {

    private static final Pattern DESCRIPTOR = Pattern.compile("\\(\\d+<([^>]*)>.*");
    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern RETURN = Pattern.compile("\\(1<[^>]*>, \"\\d+ result .*");

    private final Path store;
    private final List<String> losses = new ArrayList<>();
    /** The files by each of their names. */
    private final Map<Path, Content> contents = new HashMap<>();
    /** The names that no fsync has made last, and where each came into being. */
    private final Map<Path, Integer> names = new HashMap<>();

    /** What is in a file; it lasts if no change has come after the beginning of the last fsync. */
    private static final class Content {
        private int changed = Integer.MIN_VALUE;
        private int synced = Integer.MIN_VALUE;
    }

    private DurableOrder(Path store) {
        this.store = store;
    }

    /**
     * Returns what a power failure could have taken too early: bytes of a file that has its name, a value that a record
     * names, or anything of the save after the call returned.
     */
    public static List<String> losses(List<SystemCall> calls, Path store) {
        DurableOrder order = new DurableOrder(store);
        calls.stream()
                .filter(SystemCall::succeeded)
                // a sync counts when it is done, everything else when it begins
                .sorted(Comparator.comparingInt(call -> isSync(call) ? call.ended() : call.begun()))
                .forEach(order::follow);
        return order.losses;
    }

    private static boolean isSync(SystemCall call) {
        return call.name().equals("fsync") || call.name().equals("fdatasync");
    }

    private void follow(SystemCall call) {
        switch (call.name()) {
            case "write", "writev", "pwrite64", "ftruncate", "fchmod" -> {
                if (call.name().equals("write") && RETURN.matcher(call.text()).matches()) {
                    names.keySet().forEach(name -> lose("the name " + name + " after the call returned"));
                } else {
                    change(descriptor(call), call);
                }
            }
            case "chmod" -> change(texts(call).get(0), call);
            case "fsync", "fdatasync" -> sync(descriptor(call), call);
            case "mkdir", "mkdirat" -> name(texts(call).get(0), call);
            case "link", "linkat", "rename", "renameat", "renameat2" -> place(call);
            case "unlink", "unlinkat" -> forget(texts(call).get(0));
            default -> {
                // opening and closing, which make nothing last
            }
        }
    }

    private void change(Path path, SystemCall call) {
        Content content = contents.computeIfAbsent(path, created -> new Content());
        content.changed = Math.max(content.changed, call.ended());
    }

    private void sync(Path path, SystemCall call) {
        Content content = contents.get(path);
        if (content != null) {
            content.synced = Math.max(content.synced, call.begun());
        }
        names.entrySet().removeIf(name -> path.equals(name.getKey().getParent()) && name.getValue() < call.begun());
    }

    private void place(SystemCall call) {
        Path from = texts(call).get(0);
        Path to = texts(call).get(1);
        Content content = contents.getOrDefault(from, new Content());
        if (isEntry(to)) {
            if (content.synced < content.changed) {
                lose("bytes or mode of " + to + ", which has its name");
            }
            if (to.startsWith(store.resolve("calls"))) {
                names.keySet().stream()
                        .filter(name -> name.startsWith(store.resolve("values")) || store.startsWith(name))
                        .forEach(name -> lose("the name " + name + ", which the record " + to + " needs"));
            }
            name(to, call);
        }
        contents.put(to, content);
        if (call.name().startsWith("rename")) {
            forget(from);
        }
    }

    private void forget(Path name) {
        contents.remove(name);
        names.remove(name);
    }

    private void name(Path path, SystemCall call) {
        if (isEntry(path) || store.startsWith(path)) {
            names.put(path, call.ended());
        }
    }

    /** Returns whether {@code path} is a record, a value, the marker, or a directory of them. */
    private boolean isEntry(Path path) {
        return path.startsWith(store.resolve("calls"))
                || path.startsWith(store.resolve("values"))
                || path.equals(store.resolve("FLECHE"));
    }

    private void lose(String what) {
        losses.add(what);
    }

    private static Path descriptor(SystemCall call) {
        Matcher matcher = DESCRIPTOR.matcher(call.text());
        if (!matcher.matches()) {
            throw new AssertionError("expected a file descriptor with its path in " + call);
        }
        return Path.of(matcher.group(1));
    }

    private static List<Path> texts(SystemCall call) {
        return TEXT.matcher(call.text())
                .results()
                .map(result -> Path.of(result.group(1)))
                .toList();
    }
}
