package dev.fleche.testing;

import dev.fleche.testing.SystemCall.Point;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The points at which a save is disturbed: all of them, or some of each kind of call, chosen by a seed.
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

    /** Returns points before calls that concern files of {@code store}, or of which that is not known. */
    List<Point> of(List<SystemCall> calls, Path store) {
        Set<Point> points = new LinkedHashSet<>();
        for (SystemCall call : calls) {
            if (call.isBelow(store) || call.name().equals("msync")) {
                points.add(call.point());
            }
        }
        return all ? List.copyOf(points) : sample(points);
    }

    private List<Point> sample(Set<Point> points) {
        Map<String, List<Point>> kinds =
                points.stream().collect(Collectors.groupingBy(Point::name, TreeMap::new, Collectors.toList()));
        Random random = new Random(seed);
        List<Point> sample = new ArrayList<>();
        for (List<Point> kind : kinds.values()) {
            Collections.shuffle(kind, random);
            sample.addAll(kind.subList(0, Math.min(OF_EACH_KIND, kind.size())));
        }
        return sample;
    }

    /** Returns how many there are of each kind, as a text. */
    static String counts(Collection<Point> points) {
        return points.stream()
                .collect(Collectors.groupingBy(Point::name, TreeMap::new, Collectors.counting()))
                .toString();
    }
}
