package dev.fleche.digest;

import dev.fleche.testing.Values;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import java.time.chrono.ThaiBuddhistDate;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One value and more for every tag of the encoding, by name. */
final class GoldenValues {

    private static final LocalDateTime TIME = LocalDateTime.of(2024, 2, 29, 23, 59, 58, 123_456_789);

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    private GoldenValues() {}

    static Map<String, @Nullable Object> all() {
        GoldenValues golden = new GoldenValues();
        golden.addScalars();
        golden.addTexts();
        golden.addArrays();
        golden.addTimes();
        golden.addContainers();
        golden.addSorted();
        golden.addOwnTypes();
        return golden.values;
    }

    /** Returns digests of functions and keys. */
    static Map<String, Digest> calls(Digester digester) {
        Map<String, Digest> calls = new LinkedHashMap<>();
        FunctionId id = new FunctionId("com.acme.Maths", "add", List.of("int", "int"));
        Digest plain = digester.function(id, null, null);
        calls.put("function", plain);
        calls.put("function-version", digester.function(id, "2", null));
        calls.put("function-code", digester.function(id, "2", Digest.of(new byte[32])));
        calls.put("key", digester.key(plain, new Object[] {1, 2}).key());
        calls.put("key-empty", digester.key(plain, new Object[0]).key());
        calls.put(
                "key-long",
                digester.key(plain, new Object[] {"a", new double[1000]}).key());
        return calls;
    }

    private void put(String name, @Nullable Object value) {
        values.put(name, value);
    }

    @SuppressWarnings("JavaUtilDate") // users have them
    private void addScalars() {
        put("null", null);
        put("true", true);
        put("byte", (byte) -2);
        put("short", (short) -300);
        put("char", 'é');
        put("int", 42);
        put("long", 42L);
        put("float", 1.5f);
        put("float-nan", Float.NaN);
        put("double", -0.0);
        put("double-nan", Double.NaN);
        put("big-integer", BigInteger.TWO.pow(100).negate());
        put("big-decimal", new BigDecimal("-12.340"));
        put("math-context", MathContext.DECIMAL64);
        put("uuid", UUID.fromString("123e4567-e89b-12d3-a456-426614174000"));
        put("date", new java.util.Date(1_700_000_000_000L));
        put("bit-set", BitSet.valueOf(new long[] {5, 1}));
        put("digest", Digest.of(new byte[32]));
        put("address", new Address(Digest.of(new byte[32])));
    }

    private void addTexts() {
        put("string", "grüße");
        put("string-empty", "");
        put("string-surrogates", "\uD83C\uDFF9 \uD83C \uDFF9");
        put("string-4091", "x".repeat(2045) + "y");
        put("string-long", "x".repeat(10_000));
        put("uri", URI.create("https://example.org/a?b#c"));
        put("locale", Locale.forLanguageTag("zh-Hant-TW-x-private"));
        put("currency", Currency.getInstance("EUR"));
        put("charset", StandardCharsets.UTF_8);
        put("class", Map.Entry.class);
        put("class-array", int[][].class);
        put("path", Path.of("mesh.vtk"));
        put("file", new File("mesh.vtk"));
    }

    private void addArrays() {
        put("booleans", new boolean[] {true, false});
        put("bytes", new byte[] {1, -1});
        put("bytes-4091", new byte[4091]);
        put("bytes-4092", new byte[4092]);
        put("shorts", new short[] {1, -1});
        put("chars", new char[] {'a', '\uD800'});
        put("ints", new int[] {1, -1});
        put("longs", new long[] {1, -1});
        put("floats", new float[] {1, Float.NaN});
        put("doubles", new double[] {1, Double.NaN, -0.0});
        put("doubles-long", IntStream.range(0, 5000).mapToDouble(i -> i / 8.0).toArray());
        put("ints-of-ints", new int[][] {{1}, {}});
        put("strings", new String[] {"a", "b"});
        put("objects", new Object[] {1, "a", null});
    }

    private void addTimes() {
        put("instant", Instant.ofEpochSecond(-1, 5));
        put("duration", Duration.ofMillis(-1500));
        put("period", Period.of(1, -2, 3));
        put("local-date", LocalDate.of(-44, 3, 15));
        put("local-time", LocalTime.of(1, 2, 3, 4));
        put("local-date-time", TIME);
        put("offset-time", OffsetTime.of(LocalTime.NOON, ZoneOffset.ofHours(-5)));
        put("offset-date-time", OffsetDateTime.of(TIME, ZoneOffset.ofHours(2)));
        put("zoned-date-time", ZonedDateTime.of(TIME, ZoneId.of("Europe/Berlin")));
        put("zoned-date-time-offset", ZonedDateTime.of(TIME, ZoneOffset.UTC));
        put("zone-offset", ZoneOffset.ofHoursMinutes(5, 30));
        put("zone-region", ZoneId.of("Asia/Kolkata"));
        put("year", Year.of(2024));
        put("year-month", YearMonth.of(2024, 2));
        put("month-day", MonthDay.of(2, 29));
        put("chrono-date", ThaiBuddhistDate.of(2567, 2, 29));
    }

    private void addContainers() {
        List<Integer> many = IntStream.range(0, 1000).boxed().toList();
        put("list", List.of(1, "a", List.of()));
        put("list-4096", Collections.nCopies(818, 1));
        put("list-long", many);
        put("list-of-long", Arrays.asList(many, null, many, "x".repeat(10_000)));
        put("set", Set.of(1, 2, 3, 300, "a", "b"));
        put("set-long", Set.copyOf(many));
        put("ordered-set", new LinkedHashSet<>(List.of(3, 1, 2)));
        put("map", Map.of("a", 1, "b", List.of(2), "c", Map.of()));
        put("map-long", new HashMap<>(Map.of("long", many, "short", 1)));
        put("ordered-map", new LinkedHashMap<>(Map.of("a", 1)));
        put("queue", new ArrayDeque<>(List.of(1, 2)));
        put("collection", new LinkedHashMap<>(Map.of("a", 1)).values());
        put("entry", Map.entry("a", 1));
        put("optional", Optional.of("a"));
        put("optional-empty", Optional.empty());
        put("optional-int", OptionalInt.of(1));
        put("optional-long", OptionalLong.of(1));
        put("optional-double", OptionalDouble.of(1));
    }

    private void addSorted() {
        TreeSet<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of("b", "A"));
        TreeMap<String, Integer> map = new TreeMap<>(Comparator.reverseOrder());
        map.putAll(Map.of("a", 1, "b", 2));
        PriorityQueue<Integer> queue = new PriorityQueue<>(Comparator.naturalOrder());
        queue.addAll(List.of(3, 1, 2));
        put("natural-set", new TreeSet<>(List.of("b", "A")));
        put("sorted-set", set);
        put("sorted-set-reversed", set.descendingSet());
        put("sorted-map", map);
        put("priority-queue", queue);
        put("priority-queue-plain", new PriorityQueue<>(List.of(3, 1, 2)));
    }

    private void addOwnTypes() {
        put("enum", TimeUnit.DAYS);
        put("enum-body", Values.Colour.GREEN);
        put("record", new Values.Point(1, 2));
        put("record-nested", new Values.Node("a", new Values.Point(1, 2), List.of()));
        put("record-ignored", new Fixtures.Config("a", new Object()));
        put("digestible", new Fixtures.Angle(30));
    }
}
