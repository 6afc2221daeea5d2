package dev.fleche.testing;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
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
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A generator of nested values of all kinds that can be digested and stored.
 *
 * <p>One seed gives one value: {@code Values.of(seed).next()} twice gives two equal values that share nothing mutable.
 * With another {@linkplain #withOrder order}, the same value comes out of collections filled in another order. Name the
 * seed in the failure message: {@code as("seed %d", seed)}. Not thread-safe.
 */
public final class Values {

    /** A small record. */
    public record Point(int x, double y) {}

    /** A record that holds anything. */
    public record Node(String name, Object child, List<Object> items) {}

    /** An enum, one of whose constants has a body. */
    public enum Colour {
        /** A plain constant. */
        RED,
        /** A constant of a class of its own. */
        GREEN {
            @Override
            public boolean isCalm() {
                return true;
            }
        },
        /** Another plain constant. */
        BLUE;

        /** Returns whether the colour is calm. */
        public boolean isCalm() {
            return false;
        }
    }

    private static final int MAX_DEPTH = 4;

    private final Random random;
    private final Random order;
    private final List<Supplier<Object>> leaves = new ArrayList<>();
    private final ContainerValues containers;

    private Values(long seed, long orderSeed) {
        random = new Random(seed);
        order = new Random(orderSeed);
        containers = new ContainerValues(this, random, order);
        addNumbers();
        addNames();
        addTimes();
        addArrays();
    }

    /** Returns the generator with a seed. */
    public static Values of(long seed) {
        return new Values(seed, 0);
    }

    /** Returns the generator with a seed, whose collections without an order of their own are filled in another one. */
    public static Values withOrder(long seed, long order) {
        return new Values(seed, order);
    }

    /** Returns the records and enums that occur in values. */
    public static List<Class<?>> types() {
        return List.of(Point.class, Node.class, Colour.class, DayOfWeek.class);
    }

    /** Returns the next value; never null, though it may contain nulls. */
    public Object next() {
        Object value = next(MAX_DEPTH);
        return value == null ? "null" : value;
    }

    /** Returns the next value, with at most {@code depth} levels of containers; may be null. */
    Object next(int depth) {
        int choice = random.nextInt(20);
        if (choice == 0) {
            return null;
        }
        if (depth > 0 && choice > 7) {
            return containers.next(depth);
        }
        return leaf();
    }

    Object leaf() {
        return leaves.get(random.nextInt(leaves.size())).get();
    }

    /** Returns a size that is mostly small and sometimes near where encodings of 5 or 9 bytes add up to 4096. */
    int size() {
        return switch (random.nextInt(60)) {
            case 0 -> 440 + random.nextInt(20);
            case 1 -> 810 + random.nextInt(20);
            default -> random.nextInt(6);
        };
    }

    String text() {
        int length = switch (random.nextInt(30)) {
            case 0 -> 2030 + random.nextInt(30);
            case 1 -> 9000 + random.nextInt(30);
            default -> random.nextInt(12);
        };
        StringBuilder text = new StringBuilder(length);
        boolean ascii = random.nextBoolean();
        for (int i = 0; i < length; i++) {
            // any unit, lone surrogates among them
            text.append((char) (ascii ? 'a' + random.nextInt(26) : random.nextInt(0x10000)));
        }
        return text.toString();
    }

    private void addNumbers() {
        leaves.add(random::nextBoolean);
        leaves.add(() -> (byte) random.nextInt());
        leaves.add(() -> (short) random.nextInt());
        leaves.add(() -> (char) random.nextInt(0x10000));
        leaves.add(() -> random.nextInt(100));
        leaves.add(random::nextInt);
        leaves.add(random::nextLong);
        leaves.add(() -> random.nextInt(4) == 0 ? Float.NaN : random.nextFloat());
        leaves.add(this::number);
        leaves.add(() -> new BigInteger(random.nextInt(30) == 0 ? 33_000 : 200, random));
        leaves.add(() -> new BigDecimal(new BigInteger(90, random), random.nextInt(20) - 10));
        leaves.add(() -> BitSet.valueOf(new long[] {random.nextLong(), random.nextInt(3)}));
        leaves.add(() -> OptionalInt.of(random.nextInt()));
        leaves.add(() -> OptionalLong.of(random.nextLong()));
        leaves.add(() -> random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(number()));
    }

    private double number() {
        return switch (random.nextInt(6)) {
            case 0 -> Double.NaN;
            case 1 -> -0.0;
            case 2 -> Double.NEGATIVE_INFINITY;
            default -> random.nextGaussian();
        };
    }

    private void addNames() {
        leaves.add(this::text);
        leaves.add(this::text);
        leaves.add(this::text);
        leaves.add(() -> new UUID(random.nextLong(), random.nextLong()));
        leaves.add(() -> URI.create("https://example.org/" + random.nextInt(1000)));
        leaves.add(() -> List.of(Locale.ROOT, Locale.CANADA_FRENCH, Locale.forLanguageTag("th-TH-u-ca-buddhist"))
                .get(random.nextInt(3)));
        leaves.add(() -> Currency.getInstance(random.nextBoolean() ? "EUR" : "JPY"));
        leaves.add(() -> random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        leaves.add(() -> Path.of("data", "mesh" + random.nextInt(1000)));
        leaves.add(() -> new File("data/mesh" + random.nextInt(1000)));
        leaves.add(() -> Colour.values()[random.nextInt(3)]);
        leaves.add(() -> DayOfWeek.of(1 + random.nextInt(7)));
        leaves.add(() -> new Point(random.nextInt(), number()));
        leaves.add(() -> Optional.of(text()));
        leaves.add(Optional::empty);
    }

    @SuppressWarnings("JavaUtilDate") // users have them
    private void addTimes() {
        leaves.add(() -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)));
        leaves.add(() -> Duration.ofMillis(random.nextInt()));
        leaves.add(() -> Period.of(random.nextInt(5), random.nextInt(5), random.nextInt(5)));
        leaves.add(this::date);
        leaves.add(this::time);
        leaves.add(this::dateTime);
        leaves.add(() -> OffsetTime.of(time(), offset()));
        leaves.add(() -> OffsetDateTime.of(dateTime(), offset()));
        leaves.add(() -> ZonedDateTime.of(dateTime(), ZoneId.of("Europe/Berlin")));
        leaves.add(() -> ZonedDateTime.of(dateTime(), offset()));
        leaves.add(this::offset);
        leaves.add(() -> ZoneId.of(random.nextBoolean() ? "Asia/Tokyo" : "UTC"));
        leaves.add(() -> Year.of(random.nextInt(4000)));
        leaves.add(() -> YearMonth.of(random.nextInt(4000), 1 + random.nextInt(12)));
        leaves.add(() -> MonthDay.of(1 + random.nextInt(12), 1 + random.nextInt(28)));
        leaves.add(() -> new Date(random.nextLong()));
    }

    private LocalDate date() {
        return LocalDate.ofEpochDay(random.nextInt(100_000) - 50_000);
    }

    private LocalTime time() {
        return LocalTime.ofNanoOfDay((long) (random.nextDouble() * 86_400_000_000_000L));
    }

    private LocalDateTime dateTime() {
        return LocalDateTime.of(date(), time());
    }

    private ZoneOffset offset() {
        return ZoneOffset.ofTotalSeconds(random.nextInt(64_800));
    }

    private void addArrays() {
        leaves.add(() -> bytes(random.nextInt(4) == 0 ? 4080 + random.nextInt(25) : size()));
        leaves.add(() -> random.ints(random.nextInt(8) == 0 ? 3000 : size()).toArray());
        leaves.add(() -> random.longs(size()).toArray());
        leaves.add(() -> random.doubles(random.nextInt(8) == 0 ? 2500 : size())
                .map(number -> number < 0.001 ? Double.NaN : number)
                .toArray());
        leaves.add(() -> floats(size()));
        leaves.add(() -> text().toCharArray());
        leaves.add(() -> new boolean[] {random.nextBoolean(), random.nextBoolean()});
        leaves.add(() -> new short[] {(short) random.nextInt(), 1});
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private float[] floats(int length) {
        float[] floats = new float[length];
        for (int i = 0; i < length; i++) {
            floats[i] = random.nextInt(50) == 0 ? Float.NaN : random.nextFloat();
        }
        return floats;
    }
}
