package dev.fleche.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.digest.CollectionKind;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the default codec brings back. */
class StandardValuesTest {

    enum Level {
        LOW,
        HIGH {
            @Override
            boolean isHigh() {
                return true;
            }
        };

        boolean isHigh() {
            return false;
        }
    }

    enum Nothing {}

    record Every(
            boolean a,
            byte b,
            short c,
            char d,
            int e,
            long f,
            float g,
            double h,
            @Nullable Object i) {}

    record Empty() {}

    record Pair(int key, String value) implements Map.Entry<Integer, String> {
        @Override
        public Integer getKey() {
            return key;
        }

        @Override
        public String getValue() {
            return value;
        }

        @Override
        public String setValue(String value) {
            throw new UnsupportedOperationException();
        }
    }

    static final TypeContext CONTEXT = TypeContext.of(
            StandardValuesTest.class.getClassLoader(),
            List.of(),
            List.of(Level.class, Nothing.class, Every.class, Empty.class, Pair.class));

    static Stream<Object> valuesThatComeBackEqual() {
        return Stream.of(
                new Every(true, (byte) -1, (short) -2, '\uD800', -3, -4L, -0.0f, Double.MIN_VALUE, null),
                new Empty(),
                new Pair(1, "one"),
                Level.HIGH,
                "",
                "caf\u00E9",
                "\uD800 alone, and \uDC00, and \u4E16\u754C",
                new BigInteger("-123456789012345678901234567890"),
                new BigDecimal("1.00"),
                new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE),
                MathContext.DECIMAL128,
                Locale.ROOT,
                new Locale("ja", "JP", "JP"),
                new Locale("", "", "not well-formed"),
                Locale.forLanguageTag("zh-Hant-TW-u-ca-roc-x-mine"),
                Charset.forName("windows-1252"),
                StandardCharsets.UTF_16,
                URI.create("http://[::1]:80/a%20b?c#d"),
                Path.of(""),
                new File("/a/b"),
                ZonedDateTime.ofLocal(
                        LocalDateTime.of(2024, Month.OCTOBER, 27, 2, 30),
                        ZoneId.of("Europe/Berlin"),
                        ZoneOffset.ofHours(1)),
                ZoneId.of("UTC+02:00"),
                Month.MAY,
                int.class,
                String[][].class,
                Level.class,
                Optional.of(Optional.empty()),
                BitSet.valueOf(new long[] {5, 0, 1L << 63}));
    }

    @ParameterizedTest
    @MethodSource
    void valuesThatComeBackEqual(Object value) {
        assertThat(roundTrip(value)).isEqualTo(value).hasSameClassAs(value);
    }

    static Stream<Object> arrays() {
        return Stream.of(
                new boolean[] {true, false},
                new byte[] {1, -1},
                new short[] {1, Short.MIN_VALUE},
                new char[] {'a', '\uFFFF'},
                new int[] {},
                new int[] {1, Integer.MIN_VALUE},
                new long[] {1, Long.MIN_VALUE},
                new float[] {1.5f, -0.0f},
                new double[] {1.5, -0.0},
                new double[][] {{1}, {}, {2, 3}},
                new int[][][] {{{1}}, {}},
                new String[] {"a", null},
                new Object[] {1, "a", new int[] {1}},
                new Number[] {1, 2.0},
                new Level[][] {{Level.LOW}, null},
                new Comparable<?>[] {1, "a"},
                new List<?>[] {Stream.of(1).toList()});
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void arraysComeBackWithTheirComponentTypes(Object array) {
        Object decoded = roundTrip(array);

        assertThat(decoded).hasSameClassAs(array);
        assertThat(Objects.deepEquals(decoded, array)).isTrue();
    }

    @Test
    void theBitsOfNansComeBack() {
        double odd = Double.longBitsToDouble(0x7FF0_0000_0000_0001L);

        assertThat(Double.doubleToRawLongBits((Double) roundTrip(odd))).isEqualTo(0x7FF0_0000_0000_0001L);
        assertThat(Double.doubleToRawLongBits(((double[]) roundTrip(new double[] {odd}))[0]))
                .isEqualTo(0x7FF0_0000_0000_0001L);
    }

    @Test
    void collectionsThatCannotBeNamedComeBackAsTheirKind() {
        List<Object> withNull = Collections.unmodifiableList(Arrays.asList(1, null));
        Map<Object, Object> linked = new LinkedHashMap<>(Map.of(1, 2));

        assertThat(Stream.of(
                        Arrays.asList(1, 2),
                        List.of(1, 2).subList(0, 1),
                        withNull,
                        Stream.of(1, 2).toList(),
                        Collections.singleton(null),
                        Collections.singletonMap(null, null),
                        Collections.emptySortedMap(),
                        Collections.unmodifiableSet(new TreeSet<>(Set.of(1))),
                        Collections.unmodifiableMap(linked),
                        linked.keySet(),
                        linked.values(),
                        Collections.unmodifiableCollection(linked.values()),
                        new TreeMap<>(Map.of(1, 2)).tailMap(1),
                        new HashMap<>(linked).keySet()))
                .allSatisfy(value -> assertThat(CollectionKind.of(roundTrip(value)))
                        .isEqualTo(CollectionKind.of(value))
                        .isPresent());
        assertThat(roundTrip(withNull)).isEqualTo(withNull);
    }

    @Test
    void everyKindOfCollectionComesBackAsItself() {
        for (CollectionKind kind : CollectionKind.values()) {
            CollectionBuilder builder = new CollectionBuilder(kind, null, Level.class);
            @Nullable Object[] parts = {Level.HIGH, Level.LOW};
            Object value = kind.family() == CollectionKind.Family.MAP ? builder.map(parts) : builder.collection(parts);

            Object decoded = roundTrip(value);

            assertThat(CollectionKind.of(value)).contains(kind);
            assertThat(CollectionKind.of(decoded)).contains(kind);
            assertThat(decoded).hasSameClassAs(value);
            if (kind.order() == CollectionKind.Order.FREE) {
                assertThat(decoded).isEqualTo(value);
            } else {
                assertThat(decoded).hasToString(value.toString());
            }
        }
    }

    @Test
    void comparatorsThatAreKnownComeBack() {
        List<Comparator<String>> comparators = List.of(
                Comparator.naturalOrder(),
                Comparator.reverseOrder(),
                String.CASE_INSENSITIVE_ORDER,
                Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER));

        for (Comparator<String> comparator : comparators) {
            SortedSet<String> set = new TreeSet<>(comparator);
            set.addAll(List.of("b", "A", "C"));

            SortedSet<?> decoded = (SortedSet<?>) roundTrip(set);

            assertThat(decoded.comparator()).isEqualTo(comparator);
            assertThat(decoded).hasToString(set.toString());
        }
    }

    @Test
    void anEmptyCollectionOfEnumsKeepsItsEnum() {
        EnumSet<?> set = (EnumSet<?>) roundTrip(EnumSet.noneOf(Level.class));
        EnumMap<?, ?> map = (EnumMap<?, ?>) roundTrip(new EnumMap<>(Level.class));

        assertThat(EnumSet.complementOf(set)).hasToString("[LOW, HIGH]");
        assertThat(EnumTypes.of(map)).isEqualTo(Level.class);
        assertThat(EnumTypes.of(EnumSet.noneOf(Nothing.class))).isEqualTo(Nothing.class);
    }

    @Test
    void entriesKeepWhetherTheyCanBeChanged() {
        Map.Entry<Object, Object> ofMap = new LinkedHashMap<Object, Object>(Collections.singletonMap("a", null))
                .entrySet()
                .iterator()
                .next();

        assertThat(roundTrip(Map.entry(1, 2))).isEqualTo(Map.entry(1, 2)).hasSameClassAs(Map.entry(1, 2));
        assertThat(roundTrip(new SimpleEntry<>(1, null))).isEqualTo(new SimpleEntry<>(1, null));
        assertThat(roundTrip(new SimpleEntry<>(1, null))).isInstanceOf(SimpleEntry.class);
        assertThat(roundTrip(ofMap)).isEqualTo(ofMap).isInstanceOf(SimpleEntry.class);
        assertThat(roundTrip(new SimpleImmutableEntry<>(1, null))).isInstanceOf(SimpleImmutableEntry.class);
    }

    @Test
    void theOrderOfALinkedCollectionIsKept() {
        LinkedHashSet<Integer> set = new LinkedHashSet<>(List.of(3, 1, 2));
        PriorityQueue<Integer> queue = new PriorityQueue<>(List.of(5, 3, 4, 1, 2));

        assertThat(roundTrip(set)).hasToString("[3, 1, 2]");
        assertThat(roundTrip(queue)).hasToString(queue.toString());
    }

    @Test
    void theDataOfALargeArrayIsAligned() {
        byte[] encoded = encode(new long[] {0x0102030405060708L}).encoded();

        assertThat(encoded).hasSize(32);
        assertThat(encoded[24]).isEqualTo((byte) 8);
        assertThat(encoded[31]).isEqualTo((byte) 1);
    }

    @Test
    void aClassIsDescribedOnce() {
        List<Level> many = IntStream.range(0, 1000).mapToObj(i -> Level.LOW).toList();

        assertThat(encode(many).size()).isLessThan(7000);
        assertThat(roundTrip(many)).isEqualTo(many);
    }

    private static Value encode(@Nullable Object value) {
        return Codecs.standard().encode(value, CONTEXT, Long.MAX_VALUE);
    }

    private static Object roundTrip(@Nullable Object value) {
        Object decoded =
                Codecs.standard().decode(Value.ofEncoded(encode(value).encoded().clone()), CONTEXT);
        return Objects.requireNonNull(decoded);
    }
}
