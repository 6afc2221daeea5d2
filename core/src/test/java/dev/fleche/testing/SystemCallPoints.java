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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The choice of the system calls at which a save is disturbed: all of them, or some of each kind.
 *
 * @param all whether it is all of them, for which the system property {@code dev.fleche.test.allSystemCalls} asks
 * @param seed what chooses
 */
record SystemCallPoints(boolean all, long seed) {

    private static final int OF_EACH_KIND = Integer.getInteger("dev.fleche.test.systemCallsOfEachKind", 1);

    static SystemCallPoints chosen() {
        return new SystemCallPoints(
                Boolean.getBoolean("dev.fleche.test.allSystemCalls"),
                Long.getLong("dev.fleche.test.seed", System.nanoTime()));
    }

    /** Returns points before {@code calls}. */
    List<Point> of(List<SystemCall> calls) {
        Set<Point> points = new LinkedHashSet<>();
        calls.forEach(call -> points.add(call.point()));
        return all ? List.copyOf(points) : sample(points, Point::name);
    }

    /** Returns calls of which each has another name, or concerns another file. */
    List<SystemCall> ofFiles(List<SystemCall> calls) {
        Map<Map.Entry<String, Optional<Path>>, SystemCall> first = new LinkedHashMap<>();
        calls.forEach(call -> first.putIfAbsent(Map.entry(call.name(), call.path()), call));
        return all ? List.copyOf(first.values()) : sample(first.values(), SystemCall::name);
    }

    private <T> List<T> sample(Collection<T> among, Function<T, String> name) {
        Map<String, List<T>> kinds =
                among.stream().collect(Collectors.groupingBy(name, TreeMap::new, Collectors.toList()));
        Random random = new Random(seed);
        List<T> sample = new ArrayList<>();
        for (List<T> kind : kinds.values()) {
            Collections.shuffle(kind, random);
            sample.addAll(kind.subList(0, Math.min(OF_EACH_KIND, kind.size())));
        }
        return sample;
    }

    /** Returns how often each name is there, as a text. */
    static String counts(Stream<String> names) {
        return names.collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()))
                .toString();
    }
}
