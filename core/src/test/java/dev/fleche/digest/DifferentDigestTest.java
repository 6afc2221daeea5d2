package dev.fleche.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.digest.Fixtures.Angle;
import dev.fleche.digest.Fixtures.Bearing;
import dev.fleche.digest.Fixtures.Colour;
import dev.fleche.digest.Fixtures.Config;
import dev.fleche.digest.Fixtures.Fruit;
import dev.fleche.digest.Fixtures.Pair;
import dev.fleche.digest.Fixtures.Point;
import dev.fleche.digest.Fixtures.Vector;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.JapaneseDate;
import java.time.chrono.ThaiBuddhistDate;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DifferentDigestTest {

    private final Digester digester = new Digester(List::of);

    /** The values of one group are all different; each group is a trap. */
    @ParameterizedTest
    @MethodSource({"scalars", "texts", "containers", "comparators", "times", "ownTypes"})
    void differentValuesHaveDifferentDigests(List<@Nullable Object> group) {
        assertThat(group.stream().map(digester::digest)).doesNotHaveDuplicates();
        assertThat(group.stream().map(Collections::singletonList).map(digester::digest))
                .doesNotHaveDuplicates();
    }

    @SuppressWarnings("JavaUtilDate") // users have them
    private static Stream<List<@Nullable Object>> scalars() {
        return Stream.of(
                group(1, 1L, (short) 1, (byte) 1, (char) 1, 1f, 1.0, "1", BigInteger.ONE, BigDecimal.ONE, true, null),
                group(0.0, -0.0, Double.NaN, Double.MIN_VALUE),
                group(0f, -0f, Float.NaN),
                group(-1.0, -2.0, 0.5, Math.pow(2, 60), Math.pow(2, 61)),
                group(new BigDecimal("1.0"), new BigDecimal("1.00"), new BigDecimal("10"), new BigDecimal("1E+1")),
                group(BigInteger.valueOf(255), BigInteger.valueOf(-1), BigInteger.ZERO),
                group(new MathContext(3), new MathContext(3, RoundingMode.DOWN), MathContext.UNLIMITED),
                group(OptionalInt.empty(), OptionalInt.of(0), OptionalLong.of(0), OptionalLong.empty()),
                group(Optional.empty(), Optional.of(Optional.empty()), null, List.of()),
                group(new java.util.Date(0), Instant.EPOCH, 0L),
                group(new UUID(1, 2), new UUID(2, 1)),
                group(BitSet.valueOf(new long[] {1}), BitSet.valueOf(new long[] {2}), new BitSet()));
    }

    private static Stream<List<@Nullable Object>> texts() {
        return Stream.of(
                group("\uD800", "\uD801", "?", "\uFFFD"),
                group("", "\0", "\0\0", new char[0], new char[1]),
                group("a", "A", 'a', "é", "e\u0301"),
                group("a/b", Path.of("a/b"), new File("a/b"), URI.create("a/b")),
                group(Path.of("a"), Path.of("./a"), Path.of("").resolve("a").toAbsolutePath()),
                group(StandardCharsets.UTF_8, StandardCharsets.UTF_16, "UTF-8"),
                group(Locale.ROOT, Locale.GERMAN, Locale.GERMANY, Locale.forLanguageTag("de-DE-u-co-phonebk")),
                group(String.class, "java.lang.String", Object.class, int.class, Integer.class, int[].class),
                group(Digest.of(new byte[32]), new Address(Digest.of(new byte[32])), new byte[32], "0".repeat(64)));
    }

    private static Stream<List<@Nullable Object>> containers() {
        return Stream.of(
                group(
                        new int[0],
                        new long[0],
                        new Integer[0],
                        new Object[0],
                        new int[0][],
                        List.of(),
                        Set.of(),
                        Map.of()),
                group(new Integer[] {1}, new Number[] {1}, new Object[] {1}, List.of(1), new int[] {1}),
                group(new byte[] {1}, new boolean[] {true}, new short[] {1}, new char[] {1}),
                group(new double[] {0.0}, new double[] {-0.0}, new double[] {Double.NaN}, new float[] {0}),
                group(
                        List.of(1, 2),
                        List.of(2, 1),
                        Set.of(1, 2),
                        new ArrayDeque<>(List.of(1, 2)),
                        List.of(List.of(1), 2)),
                group(List.of("a", "b"), List.of("ab"), List.of("", "ab"), List.of("ab", "")),
                group(List.of(List.of(1), List.of()), List.of(List.of(), List.of(1)), List.of(List.of(1, List.of()))),
                group(Arrays.asList(null, 1), Arrays.asList(1, null), List.of(1)),
                group(linked(1, 2), linked(2, 1), linked(1), Set.of(1, 2)),
                group(
                        Map.of(1, 2),
                        Map.of(2, 1),
                        Map.of(1, 2, 2, 1),
                        linkedMap(1, 2),
                        linkedMap(2, 1),
                        Set.of(Map.entry(1, 2))),
                group(new HashMap<>(Map.of(1, 2)).values(), List.of(2), Set.of(2)),
                group(Map.entry(1, 2), Map.entry(2, 1), List.of(1, 2)));
    }

    private static Stream<List<@Nullable Object>> comparators() {
        List<String> texts = List.of("a", "b");
        return Stream.of(
                group(
                        sorted(null, texts),
                        sorted(Comparator.naturalOrder(), texts),
                        sorted(Comparator.reverseOrder(), texts),
                        sorted(String.CASE_INSENSITIVE_ORDER, texts),
                        sorted(Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER), texts)),
                group(new TreeMap<>(), new TreeMap<>(Comparator.reverseOrder()), new LinkedHashMap<>()),
                group(queue(null, 1, 2), queue(Comparator.reverseOrder(), 1, 2), new ArrayDeque<>(List.of(1, 2))));
    }

    private static Stream<List<@Nullable Object>> times() {
        LocalDateTime time = LocalDateTime.of(2020, 1, 1, 12, 0);
        ZonedDateTime berlin = time.atZone(ZoneId.of("Europe/Berlin"));
        LocalDate date = LocalDate.of(2020, 1, 1);
        return Stream.of(
                group(
                        berlin,
                        berlin.withZoneSameInstant(ZoneOffset.UTC),
                        berlin.toOffsetDateTime(),
                        berlin.toInstant()),
                group(
                        time,
                        OffsetDateTime.of(time, ZoneOffset.UTC),
                        OffsetDateTime.of(time, ZoneOffset.ofHours(1)),
                        time.atZone(ZoneOffset.UTC),
                        time.atZone(ZoneId.of("UTC"))),
                group(ZoneOffset.UTC, ZoneId.of("UTC"), ZoneId.of("GMT"), ZoneOffset.ofHours(1)),
                group(date, ThaiBuddhistDate.from(date), JapaneseDate.from(date), date.atStartOfDay()),
                group(Duration.ofDays(1), Period.ofDays(1), Duration.ofHours(23), Period.ofMonths(1), Year.of(1)));
    }

    private static Stream<List<@Nullable Object>> ownTypes() {
        return Stream.of(
                group(new Point(1, 2), new Point(2, 1), new Vector(1, 2), List.of(1, 2.0)),
                group(new Pair("a", null), new Pair(null, "a"), new Pair(new Pair("a", null), null)),
                group(new Config("a", null), new Config("b", null)),
                group(Colour.RED, Colour.GREEN, Fruit.RED, "RED"),
                group(new Angle(30), new Bearing(30), new Angle(31), 30.0));
    }

    private static List<@Nullable Object> group(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static Set<Integer> linked(Integer... elements) {
        return new LinkedHashSet<>(Arrays.asList(elements));
    }

    private static Map<Integer, Integer> linkedMap(int first, int second) {
        Map<Integer, Integer> map = new LinkedHashMap<>();
        map.put(first, second);
        map.put(second, first);
        return map;
    }

    private static Set<String> sorted(@Nullable Comparator<String> comparator, List<String> elements) {
        TreeSet<String> set = new TreeSet<>(comparator);
        set.addAll(elements);
        return set;
    }

    private static PriorityQueue<Integer> queue(@Nullable Comparator<Integer> comparator, Integer... elements) {
        PriorityQueue<Integer> queue = new PriorityQueue<>(comparator);
        queue.addAll(Arrays.asList(elements));
        return queue;
    }
}
