package dev.fleche.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fleche.digest.Fixtures.Angle;
import dev.fleche.digest.Fixtures.Config;
import dev.fleche.digest.Fixtures.Point;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SameDigestTest {

    private final Digester digester = new Digester(List::of);

    @ParameterizedTest
    @MethodSource({"scalars", "lists", "setsAndMaps", "ownTypes"})
    void valuesWithOneContentHaveOneDigest(Object one, Object other) {
        assertThat(digester.digest(one)).isEqualTo(digester.digest(other));
        assertThat(digester.digest(List.of(one, 1))).isEqualTo(digester.digest(List.of(other, 1)));
    }

    private static Stream<Arguments> scalars() {
        return Stream.of(
                arguments(Double.NaN, Double.longBitsToDouble(0x7FF8000000000001L)),
                arguments(Float.NaN, Float.intBitsToFloat(0x7FC00001)),
                arguments(new double[] {1, Double.NaN}, new double[] {1, Double.longBitsToDouble(-1L)}),
                arguments(new float[] {Float.NaN}, new float[] {Float.intBitsToFloat(-1)}),
                arguments(nans(Double.NaN), nans(Double.longBitsToDouble(0xFFF0000000000001L))),
                arguments(new double[] {1 / 0.0, -1 / 0.0}, new double[] {1 / 0.0, -1 / 0.0}),
                arguments("ab", "a" + "b".repeat(1)),
                arguments(new BigInteger("10"), BigInteger.TEN),
                arguments(new BigDecimal("1.0"), BigDecimal.valueOf(10, 1)),
                arguments(BitSet.valueOf(new long[] {5}), BitSet.valueOf(new long[] {5, 0})),
                arguments(Path.of("a", "b"), Path.of("a/b")),
                arguments(new int[][] {{1}, {2, 3}}, new int[][] {{1}, {2, 3}}),
                arguments(new Object[] {"a", null}, new Object[] {"a", null}));
    }

    private static double[] nans(double nan) {
        double[] numbers = new double[5000];
        numbers[4999] = nan;
        return numbers;
    }

    @SuppressWarnings("JdkObsolete") // users have them
    private static Stream<Arguments> lists() {
        List<Integer> list = List.of(1, 2, 3);
        Map<String, Integer> map = new TreeMap<>(Map.of("a", 1));
        return Stream.of(
                arguments(list, new ArrayList<>(list)),
                arguments(list, new LinkedList<>(list)),
                arguments(list, Arrays.asList(1, 2, 3)),
                arguments(list, Collections.unmodifiableList(new ArrayList<>(list))),
                arguments(list, Collections.synchronizedList(new ArrayList<>(list))),
                arguments(list, new CopyOnWriteArrayList<>(list)),
                arguments(list, List.of(0, 1, 2, 3).subList(1, 4)),
                arguments(list, IntStream.range(1, 4).boxed().toList()),
                arguments(List.of(7, 7), Collections.nCopies(2, 7)),
                arguments(List.of(), Collections.emptyList()),
                arguments(new ArrayDeque<>(list), new ConcurrentLinkedQueue<>(list)),
                arguments(Map.entry("a", 1), new SimpleEntry<>("a", 1)),
                arguments(Map.entry("a", 1), map.entrySet().iterator().next()));
    }

    @SuppressWarnings("JdkObsolete") // users have them
    private static Stream<Arguments> setsAndMaps() {
        Set<String> set = Set.of("a", "b", "c");
        Map<String, Integer> map = Map.of("a", 1, "b", 2, "c", 3);
        Map<String, Integer> ordered = new LinkedHashMap<>();
        ordered.put("x", 1);
        ordered.put("y", 2);
        return Stream.of(
                arguments(set, new HashSet<>(set)),
                arguments(set, new TreeSet<>(set)),
                arguments(set, new ConcurrentSkipListSet<>(set)),
                arguments(set, new HashMap<>(map).keySet()),
                arguments(set, new ConcurrentHashMap<>(map).keySet()),
                arguments(set, new HashSet<>(List.of("c", "b", "a"))),
                arguments(Set.of(), Collections.emptySet()),
                arguments(Set.of(TimeUnit.DAYS), EnumSet.of(TimeUnit.DAYS)),
                arguments(
                        new LinkedHashSet<>(List.of(2, 1)),
                        Collections.unmodifiableSet(new LinkedHashSet<>(List.of(2, 1)))),
                arguments(new LinkedHashSet<>(List.of("x", "y")), ordered.keySet()),
                arguments(map, new HashMap<>(map)),
                arguments(map, new TreeMap<>(map)),
                arguments(map, new Hashtable<>(map)),
                arguments(map, new ConcurrentHashMap<>(map)),
                arguments(Map.of(TimeUnit.DAYS, 1), new EnumMap<>(Map.of(TimeUnit.DAYS, 1))),
                arguments(ordered, Collections.unmodifiableMap(new LinkedHashMap<>(ordered))),
                arguments(new TreeSet<>(Collections.reverseOrder()), new TreeSet<>().descendingSet()),
                arguments(
                        filled(new TreeMap<>(String.CASE_INSENSITIVE_ORDER), map),
                        filled(new TreeMap<>(String.CASE_INSENSITIVE_ORDER), map)));
    }

    private static Stream<Arguments> ownTypes() {
        return Stream.of(
                arguments(new Point(1, 2), new Point(1, 2)),
                arguments(new Config("a", new Object()), new Config("a", null)),
                arguments(new Angle(30), new Angle(390)));
    }

    private static Map<String, Integer> filled(Map<String, Integer> target, Map<String, Integer> source) {
        target.putAll(source);
        return target;
    }
}
