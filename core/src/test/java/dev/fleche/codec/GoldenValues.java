package dev.fleche.codec;

import dev.fleche.digest.Address;
import dev.fleche.digest.CollectionKind;
import dev.fleche.digest.Digest;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values whose encodings stand in {@code golden/values-v1.txt}, by name, in its order. */
final class GoldenValues {

    enum Suit {
        HEARTS,
        SPADES
    }

    record Card(Suit suit, int rank) {}

    record All(
            boolean a,
            byte b,
            short c,
            char d,
            int e,
            long f,
            float g,
            double h,
            @Nullable String i) {}

    static final TypeContext CONTEXT =
            TypeContext.of(GoldenValues.class.getClassLoader(), List.of(), List.of(Suit.class, Card.class, All.class));

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    private GoldenValues() {
        addNumbers();
        addNames();
        addTimes();
        addArrays();
        addClasses();
        addCollections();
    }

    static Map<String, @Nullable Object> all() {
        return new GoldenValues().values;
    }

    private void add(String name, @Nullable Object value) {
        values.put(name, value);
    }

    private void addNumbers() {
        add("null", null);
        add("false", false);
        add("true", true);
        add("byte", (byte) -2);
        add("short", (short) 0x0102);
        add("char", 'A');
        add("int", 0x01020304);
        add("long", 0x0102030405060708L);
        add("float", 1.5f);
        add("double", -0.0);
        add("string-latin1", "caf\u00E9");
        add("string-utf16", "a\uD83D\uDE00\uDC00");
        add("string-long", "x".repeat(64));
        add("big-integer", BigInteger.valueOf(-256));
        add("big-decimal", new BigDecimal("1.00"));
        add("math-context", new MathContext(7, RoundingMode.HALF_EVEN));
        add("bit-set", BitSet.valueOf(new long[] {5}));
        add("optional-empty", Optional.empty());
        add("optional", Optional.of(1));
        add("optional-int", OptionalInt.of(1));
        add("optional-long", OptionalLong.empty());
        add("optional-double", OptionalDouble.of(1));
    }

    @SuppressWarnings("JavaUtilDate") // users have them
    private void addNames() {
        add("uuid", new UUID(1, 2));
        add("uri", URI.create("a:b"));
        add("locale", Locale.CANADA_FRENCH);
        add("locale-odd", new Locale("", "", "not well-formed"));
        add("currency", Currency.getInstance("EUR"));
        add("charset", StandardCharsets.UTF_8);
        add("path", Path.of("data"));
        add("file", new File("data"));
        add("digest", Digest.of(new byte[32]));
        add("address", new Address(Digest.of(new byte[32])));
        add("date", new Date(1));
    }

    private void addTimes() {
        LocalDate date = LocalDate.of(2024, 2, 29);
        LocalTime time = LocalTime.of(12, 34, 56, 789);
        ZoneOffset offset = ZoneOffset.ofHours(1);
        add("instant", Instant.ofEpochSecond(-1, 2));
        add("duration", Duration.ofSeconds(-1, 2));
        add("period", Period.of(1, -2, 3));
        add("local-date", date);
        add("local-time", time);
        add("local-date-time", LocalDateTime.of(date, time));
        add("offset-time", OffsetTime.of(time, offset));
        add("offset-date-time", OffsetDateTime.of(date, time, offset));
        add("zoned-date-time", ZonedDateTime.of(date, time, ZoneId.of("Europe/Berlin")));
        add("year", Year.of(2024));
        add("year-month", YearMonth.of(2024, 2));
        add("month-day", MonthDay.of(2, 29));
        add("zone-offset", offset);
        add("zone-region", ZoneId.of("Asia/Tokyo"));
    }

    private void addArrays() {
        add("booleans", new boolean[] {true, false});
        add("bytes", new byte[] {1, -1});
        add("shorts", new short[] {1, -1});
        add("chars", new char[] {'a', '\uFFFF'});
        add("ints", new int[] {1, -1});
        add("longs", new long[] {1, -1});
        add("floats", new float[] {1, Float.NaN});
        add("doubles", new double[] {1, Double.NaN});
        add("ints-2d", new int[][] {{1}, {}});
        add("strings", new String[] {"a", null});
        add("cards", new Card[] {new Card(Suit.SPADES, 1), new Card(Suit.HEARTS, 2)});
    }

    private void addClasses() {
        add("class-int", int.class);
        add("class-array", String[].class);
        add("class-record", Card.class);
        add("enum-known", DayOfWeek.FRIDAY);
        add("enum", Suit.HEARTS);
        add("record", new Card(Suit.HEARTS, 7));
        add("record-all", new All(true, (byte) 1, (short) 2, 'c', 3, 4, 5, 6, null));
        add("entry", Map.entry("a", 1));
        add("entry-immutable", new SimpleImmutableEntry<>("a", null));
        add("entry-mutable", new SimpleEntry<>("a", 1));
    }

    private void addCollections() {
        add("enum-set", EnumSet.of(Suit.SPADES));
        add("enum-map", new EnumMap<>(Map.of(Suit.SPADES, 1)));
        add("list-immutable", Stream.of(1, 2).toList());
        add("map-immutable", Collections.singletonMap("a", 1));
        TreeSet<String> reversed = new TreeSet<>(Comparator.reverseOrder());
        reversed.addAll(List.of("a", "b"));
        add("tree-set-reversed", reversed);
        for (CollectionKind kind : CollectionKind.values()) {
            String name = "kind-" + kind.code();
            CollectionBuilder builder = new CollectionBuilder(kind, null, DayOfWeek.class);
            boolean isMap = kind.family() == CollectionKind.Family.MAP;
            add(
                    name,
                    isMap
                            ? builder.map(new Object[] {DayOfWeek.MONDAY, true})
                            : builder.collection(new Object[] {DayOfWeek.MONDAY}));
        }
    }
}
