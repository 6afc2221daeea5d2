package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.Forgery;
import dev.fleche.testing.Serial;
import java.awt.Point;
import java.io.File;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.rmi.RemoteException;
import java.security.cert.CertPathBuilderException;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.text.DecimalFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.WeekFields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.BadAttributeValueExpException;
import javax.management.ListenerNotFoundException;
import javax.naming.NamingException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(180)
class SerialFilterTest {

    @TempDir
    Path directory;

    record Own(int a, List<String> b) implements Serializable {}

    /** Anything in a list of one element, so that the object itself is its first. */
    private static List<Object> list(Object only) {
        return new ArrayList<>(List.of(only));
    }

    static Stream<List<Object>> values() throws IOException {
        return Stream.<Object>of(
                        1,
                        'c',
                        "text",
                        BigInteger.TEN.pow(100),
                        new BigDecimal("1.50"),
                        LocalDate.EPOCH,
                        ZonedDateTime.parse("2020-02-03T04:05:06+01:00[Europe/Berlin]"),
                        Duration.ofDays(3),
                        new UUID(1, 2),
                        URI.create("https://example.org/"),
                        InetAddress.getByAddress(new byte[] {1, 2, 3, 4}),
                        new File("x"),
                        Locale.ROOT,
                        Currency.getInstance("EUR"),
                        TimeZone.getTimeZone("Europe/Berlin"),
                        TimeUnit.DAYS,
                        String.class,
                        new Own(1, List.of("b")),
                        List.of(1, 2, 3),
                        Map.of("a", 1),
                        Set.of(1),
                        new int[100_000],
                        new Object[10_000],
                        new Own[0],
                        new long[2][3],
                        numbers(new ArrayList<>()),
                        numbers(new ArrayDeque<>()),
                        numbers(new HashSet<>()),
                        numbers(new HashSet<>(1 << 16)),
                        numbers(new PriorityQueue<>()),
                        numbers(new CopyOnWriteArrayList<>()),
                        numbers(Collections.newSetFromMap(new ConcurrentHashMap<>())),
                        new HashMap<>(Map.of(1, 2)),
                        new HashMap<>(1000, 0.25f),
                        new LinkedHashMap<>(Map.of("x", new TreeMap<>(Map.of("y", 1)))),
                        new EnumMap<>(Map.of(TimeUnit.DAYS, 1)),
                        BitSet.valueOf(new long[] {1, 2}),
                        Collections.unmodifiableList(new ArrayList<>(List.of(1))),
                        Collections.synchronizedMap(new HashMap<>()),
                        ChronoUnit.DAYS,
                        WeekFields.ISO,
                        TextStyle.FULL,
                        StandardOpenOption.READ,
                        new DecimalFormat("0.0"),
                        Timestamp.from(Instant.EPOCH),
                        java.sql.Date.valueOf("2020-02-03"),
                        new byte[1 << 23],
                        new StackTraceElement("a", "b", "c", 1))
                .map(SerialFilterTest::list);
    }

    private static <C extends java.util.Collection<Integer>> C numbers(C collection) {
        IntStream.range(0, 5000).forEach(collection::add);
        return collection;
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesPass(List<Object> value) throws Exception {
        assertThat(Serial.copy(value, SerialFilter::of).get(0)).hasSameClassAs(value.get(0));
    }

    private static Throwable thrown() {
        Throwable certificate = new CertPathBuilderException("no path");
        Throwable thrown = new SSLHandshakeException("handshake").initCause(certificate);
        thrown.addSuppressed(new UncheckedIOException(new NoSuchFileException("gone")));
        thrown.addSuppressed(new InvocationTargetException(new CompletionException(new OutOfMemoryError("heap"))));
        return thrown;
    }

    /** What a worker sends when a task fails deep inside the JDK. */
    @Test
    void exceptionsPassWithAllThatTheyHold() throws Exception {
        Throwable thrown = thrown();

        Throwable copy = Serial.copy(thrown, SerialFilter::of);

        assertThat(copy).hasSameClassAs(thrown).hasMessage("handshake").cause().hasMessage("no path");
        assertThat(copy.getStackTrace()).isEqualTo(thrown.getStackTrace());
        assertThat(copy.getSuppressed()).hasSize(2);
        assertThat(copy.getSuppressed()[1]).hasRootCauseInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void exceptionsThatActAreRefusedInsideOthers() {
        for (Throwable acting :
                List.of(new NamingException("x"), new RemoteException("x"), new ListenerNotFoundException("x"))) {
            assertThatThrownBy(() -> Serial.copy(new IllegalStateException(acting), SerialFilter::of))
                    .isInstanceOf(InvalidClassException.class);
        }
    }

    @Test
    void valuesWithoutEqualityPass() throws Exception {
        assertThat(Serial.copy(new AtomicLong(3), SerialFilter::of)).hasValue(3);
        assertThat(Serial.copy(Pattern.compile("a+"), SerialFilter::of).pattern())
                .isEqualTo("a+");
        IdentityHashMap<TimeUnit, String> map = new IdentityHashMap<>();
        map.put(TimeUnit.DAYS, "x");
        assertThat(Serial.copy(map, SerialFilter::of)).hasSize(1);
        for (Throwable each : List.of(
                new ExecutionException(new IllegalStateException("x", new NoSuchFileException("y"))),
                new SQLException("z"),
                new ArithmeticException(),
                new StackOverflowError())) {
            assertThat(Serial.copy(each, SerialFilter::of)).hasSameClassAs(each).hasMessage(each.getMessage());
        }
        Fn1<Integer, Integer> function = Math::abs;
        assertThat(Serial.copy(function, SerialFilter::of).call(-3)).isEqualTo(3);
    }

    static Stream<Object> refused() throws IOException {
        InvocationHandler handler = (InvocationHandler & Serializable) (proxy, method, arguments) -> null;
        return Stream.of(
                new URL("http://example.org/"),
                new BadAttributeValueExpException("x"),
                MethodType.methodType(int.class),
                Level.INFO,
                new Point(1, 2),
                new javax.naming.CompositeName(),
                new java.rmi.server.UID((short) 1),
                new java.io.FilePermission("/", "read"),
                Proxy.newProxyInstance(
                        SerialFilterTest.class.getClassLoader(), new Class<?>[] {Comparable.class}, handler));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void otherClassesOfTheJdkAreRefusedWhereverTheyStand(Object object) {
        for (Object place :
                List.of(object, list(object), new Object[] {object}, Map.of("a", Optional.class, "b", list(object)))) {
            assertThatThrownBy(() -> Serial.copy(place, SerialFilter::of))
                    .isInstanceOf(InvalidClassException.class)
                    .hasMessageContaining("REJECTED");
        }
    }

    @Test
    void theNameOfARefusedClassIsRefusedToo() {
        assertThatThrownBy(() -> Serial.copy(javax.naming.CompositeName.class, SerialFilter::of))
                .isInstanceOf(InvalidClassException.class);
    }

    @Test
    void anArrayLongerThanItsStreamIsRefusedBeforeMemoryIsTaken() throws Exception {
        int length = 12_345;
        for (Object array : List.of(new byte[length], new double[length], new Object[length], list(new char[length]))) {
            byte[] forged = Forgery.replaced(Serial.bytes(array), length, Integer.MAX_VALUE - 8);

            assertThatThrownBy(() -> Serial.object(forged, SerialFilter::of))
                    .isInstanceOf(InvalidClassException.class)
                    .hasMessageContaining("REJECTED");
        }
    }

    @Test
    void aCollectionLargerThanItsStreamIsRefusedBeforeMemoryIsTaken() throws Exception {
        int size = 12_345;
        Map<Integer, Integer> map = new HashMap<>();
        IntStream.range(0, size).forEach(i -> map.put(-i, 1));
        byte[] forged = Forgery.replaced(Serial.bytes(map), size, Integer.MAX_VALUE);

        assertThatThrownBy(() -> Serial.object(forged, SerialFilter::of))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("REJECTED");
    }

    /** Each array by itself is no longer than the rest of the stream. */
    @Test
    void arraysInsideEachOtherCountTogether() throws Exception {
        int length = 0x7531;
        Object[] inner = new Object[length];
        Object[] outer = new Object[] {inner, null};
        for (int i = 0; i < 30; i++) {
            outer = new Object[] {outer, null};
        }
        byte[] stream = Serial.bytes(outer);
        assertThat(Serial.object(stream, SerialFilter::of)).isNotNull();
        byte[] forged = forgedLengths(stream, 2, stream.length);

        assertThatThrownBy(() -> Serial.object(forged, SerialFilter::of))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("REJECTED");
    }

    /** Replaces the length of every array of two elements, which follows the handle of the array's class. */
    private static byte[] forgedLengths(byte[] stream, int from, int to) {
        byte[] forged = stream.clone();
        for (int i = 8; i < stream.length - 4; i++) {
            boolean handle = stream[i - 5] == 0x71 && stream[i - 4] == 0 && stream[i - 3] == 0x7e;
            if (handle && stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 0 && stream[i + 3] == from) {
                forged[i] = (byte) (to >>> 24);
                forged[i + 1] = (byte) (to >>> 16);
                forged[i + 2] = (byte) (to >>> 8);
                forged[i + 3] = (byte) to;
            }
        }
        return forged;
    }

    @Test
    void objectsDeepInsideEachOtherAreRefused() throws Exception {
        List<Object> deep = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            deep = list(deep);
        }
        byte[] bytes = Serial.bytes(deep);

        assertThatThrownBy(() -> Serial.object(bytes, SerialFilter::of)).isInstanceOf(InvalidClassException.class);
    }

    @Test
    void aStreamLongerThanAnnouncedIsRefused() throws Exception {
        byte[] bytes = Serial.bytes(new ArrayList<>(List.of("a".repeat(1000), 1, 2L)));

        assertThatThrownBy(() -> Serial.object(bytes, length -> SerialFilter.of(500)))
                .isInstanceOf(InvalidClassException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> SerialFilter.of(-1));
    }

    @Test
    void whatTheUserAddsIsAllowed() throws Exception {
        ObjectInputFilter points = ObjectInputFilter.Config.createFilter("java.awt.Point;java.awt.geom.Point2D");

        assertThat(Serial.copy(new Point(1, 2), length -> SerialFilter.of(length, points)))
                .isEqualTo(new Point(1, 2));
    }

    @Test
    void whatTheUserRefusesIsRefused() {
        ObjectInputFilter noOwn = ObjectInputFilter.Config.createFilter("!" + Own.class.getName());
        ObjectInputFilter all = ObjectInputFilter.Config.createFilter("*");

        assertThatThrownBy(() -> Serial.copy(new Own(1, List.of()), length -> SerialFilter.of(length, all, noOwn)))
                .isInstanceOf(InvalidClassException.class);
    }

    @Test
    void addingCannotLiftTheLimits() throws Exception {
        ObjectInputFilter all = ObjectInputFilter.Config.createFilter("*");
        byte[] forged = Forgery.replaced(Serial.bytes(new byte[12_345]), 12_345, Integer.MAX_VALUE - 8);

        assertThatThrownBy(() -> Serial.object(forged, length -> SerialFilter.of(length, all)))
                .isInstanceOf(InvalidClassException.class);
    }

    @Test
    void theFilterOfTheJvmIsNeverWeakened() throws Exception {
        Path file =
                Files.write(directory.resolve("tasks"), Serial.bytes(new ArrayList<>(List.of(new Own(1, List.of())))));

        ChildJvm child = ChildJvm.running(TravelProcess.class, file)
                .withOptions("-Djdk.serialFilter=!" + Own.class.getName())
                .start();

        assertThat(child.exitCode()).isEqualTo(1);
        assertThat(child.lines()).anyMatch(line -> line.contains("filter status: REJECTED"));
    }
}
