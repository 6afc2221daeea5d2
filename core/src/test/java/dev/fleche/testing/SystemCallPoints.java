package dev.fleche.testing;

import dev.fleche.testing.SystemCall.Point;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The choice of the system calls at which a save is disturbed: all of them, or a few of different kinds.
 *
 * <p>Of the same kind are calls of one name on files in one place of the store.
 *
 * @param all whether it is all of them, for which the system property {@code dev.fleche.test.allSystemCalls} asks
 * @param seed what chooses
 * @param store where the calls were made
 */
record SystemCallPoints(boolean all, long seed, Path store) {

    private static final int FEW = Integer.getInteger("dev.fleche.test.systemCalls", 3);

    /** What is another in each process. */
    private static final String TOKEN = "[.][0-9a-f-]{36}$";

    static SystemCallPoints chosen(Path store) {
        return new SystemCallPoints(
                Boolean.getBoolean("dev.fleche.test.allSystemCalls"),
                Long.getLong("dev.fleche.test.seed", System.nanoTime()),
                store);
    }

    /** Returns the first of the calls at each point, which may be one of several threads. */
    List<SystemCall> of(List<SystemCall> calls) {
        Map<Point, SystemCall> first = new LinkedHashMap<>();
        calls.forEach(call -> first.putIfAbsent(call.point(), call));
        return all ? List.copyOf(first.values()) : sample(first.values(), FEW);
    }

    /** Returns calls of which each has another name, or concerns another file. */
    List<SystemCall> ofFiles(List<SystemCall> calls) {
        Map<Map.Entry<String, Optional<Path>>, SystemCall> first = new LinkedHashMap<>();
        calls.forEach(call -> first.putIfAbsent(Map.entry(call.name(), call.path()), call));
        return all ? List.copyOf(first.values()) : sample(first.values(), 1);
    }

    /** Returns what is to be tried: all of it, or one of it. */
    <T> List<T> choice(List<T> among) {
        return all ? among : List.of(among.get(new Random(seed).nextInt(among.size())));
    }

    private List<SystemCall> sample(Collection<SystemCall> among, int count) {
        Map<String, List<SystemCall>> kinds =
                among.stream().collect(Collectors.groupingBy(this::kind, TreeMap::new, Collectors.toList()));
        List<List<SystemCall>> shuffled = new ArrayList<>(kinds.values());
        Random random = new Random(seed);
        Collections.shuffle(shuffled, random);
        // half of them where an entry's bytes are at stake, rather than what leads to them
        List<List<SystemCall>> ofBytes =
                shuffled.stream().filter(kind -> isOnBytes(kind.get(0))).toList();
        Set<List<SystemCall>> first =
                new LinkedHashSet<>(ofBytes.subList(0, Math.min((count + 1) / 2, ofBytes.size())));
        first.addAll(shuffled);
        return first.stream()
                .limit(count)
                .map(kind -> kind.get(random.nextInt(kind.size())))
                .toList();
    }

    private static boolean isOnBytes(SystemCall call) {
        return call.name().contains("write")
                || call.name().endsWith("sync")
                || call.name().endsWith("truncate");
    }

    /** Returns how often each kind is there, as a text. */
    String counts(List<SystemCall> calls) {
        return calls.stream()
                .collect(Collectors.groupingBy(this::kind, TreeMap::new, Collectors.counting()))
                .toString();
    }

    /** Returns the name and the first step from a store to the file, wherever the store is. */
    private String kind(SystemCall call) {
        return call.name() + call.path().map(this::place).orElse("");
    }

    private String place(Path path) {
        for (Path root = path; root != null; root = root.getParent()) {
            if (root.endsWith(store.getFileName())) {
                return " "
                        + (root.equals(path)
                                ? "."
                                : root.relativize(path).getName(0).toString().replaceFirst(TOKEN, ""));
            }
        }
        return "";
    }
}
