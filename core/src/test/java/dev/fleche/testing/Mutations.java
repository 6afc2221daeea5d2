package dev.fleche.testing;

import dev.fleche.digest.CollectionKind;
import dev.fleche.digest.RecordShape;
import java.io.File;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
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
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Small changes to the values of {@link Values}: what comes out is of the same kind and differs in one place.
 *
 * <p>Not thread-safe.
 */
public final class Mutations {

    private final Random random;

    private Mutations(long seed) {
        random = new Random(seed);
    }

    /** Returns a copy of {@code value} that differs in one place; {@code value} itself stays as it is. */
    public static Object of(Object value, long seed) {
        return new Mutations(seed).mutate(value);
    }

    private Object mutate(Object value) {
        if (value == null) {
            return "was null";
        }
        if (value instanceof Number || value instanceof Boolean || value instanceof Character) {
            return scalar(value);
        }
        if (value.getClass().isArray()) {
            return array(value);
        }
        if (value instanceof Record) {
            return record(value);
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof Collection<?> collection) {
            return collection(collection);
        }
        Object changed = time(value);
        return changed != null ? changed : other(value);
    }

    private static Object scalar(Object value) {
        if (value instanceof Boolean flag) {
            return !flag;
        } else if (value instanceof Character unit) {
            return (char) (unit + 1);
        } else if (value instanceof Byte number) {
            return (byte) (number + 1);
        } else if (value instanceof Short number) {
            return (short) (number + 1);
        } else if (value instanceof Integer number) {
            return number + 1;
        } else if (value instanceof Long number) {
            return number ^ 1L << 40;
        } else if (value instanceof Float number) {
            return number.isNaN() ? 0f : Math.nextDown(number);
        } else if (value instanceof BigInteger number) {
            return number.add(BigInteger.ONE);
        } else if (value instanceof BigDecimal number) {
            return number.setScale(number.scale() + 1);
        }
        double number = (Double) value;
        return Double.isNaN(number)
                ? -0.0
                : number == 0 ? 0.0 * -Math.signum(1 / number) : number / 2 == number ? 1.0 : number / 2;
    }

    private Object array(Object array) {
        int length = Array.getLength(array);
        int changed = length == 0 ? 0 : random.nextInt(length);
        Object copy = Array.newInstance(array.getClass().getComponentType(), Math.max(1, length));
        System.arraycopy(array, 0, copy, 0, length);
        if (length > 0) {
            Array.set(copy, changed, mutate(Array.get(array, changed)));
        }
        return copy;
    }

    private Object record(Object value) {
        RecordShape shape = RecordShape.of(value.getClass());
        Object[] components = shape.values(value);
        int changed = random.nextInt(components.length);
        components[changed] = mutate(components[changed]);
        return shape.construct(components);
    }

    private Object map(Map<?, ?> map) {
        CollectionKind kind = CollectionKind.of(map).orElseThrow();
        Map<Object, Object> copy = emptyMap(kind, map);
        copy.putAll(map);
        if (copy.isEmpty()) {
            copy.put("added", 1);
            return copy;
        }
        Object key = new ArrayList<>(copy.keySet()).get(random.nextInt(copy.size()));
        if (random.nextBoolean()) {
            copy.remove(key);
        } else {
            copy.put(key, mutate(copy.get(key)));
        }
        return copy;
    }

    @SuppressWarnings("unchecked") // the keys are those that the comparator compared before
    private static Map<Object, Object> emptyMap(CollectionKind kind, Object like) {
        return switch (kind.order()) {
            case FREE -> new HashMap<>();
            case KEPT -> new LinkedHashMap<>();
            case SORTED -> new TreeMap<>((Comparator<Object>) CollectionKind.comparatorOf(like));
        };
    }

    private Object collection(Collection<?> collection) {
        List<Object> elements = new ArrayList<>(collection);
        if (elements.isEmpty()) {
            elements.add("added");
        } else if (elements.size() > 1 && random.nextBoolean()) {
            elements.remove(random.nextInt(elements.size()));
        } else {
            int changed = random.nextInt(elements.size());
            elements.set(changed, mutate(elements.get(changed)));
        }
        Collection<Object> copy = emptyCollection(CollectionKind.of(collection).orElseThrow(), collection);
        copy.addAll(elements);
        return copy;
    }

    @SuppressWarnings("unchecked") // the elements are those that the comparator compared before
    private static Collection<Object> emptyCollection(CollectionKind kind, Object like) {
        Comparator<Object> comparator = (Comparator<Object>) CollectionKind.comparatorOf(like);
        return switch (kind.family()) {
            case LIST, COLLECTION -> new ArrayList<>();
            case QUEUE -> kind == CollectionKind.PRIORITY_QUEUE ? new PriorityQueue<>(comparator) : new ArrayDeque<>();
            case SET ->
                switch (kind.order()) {
                    case FREE -> new HashSet<>();
                    case KEPT -> new LinkedHashSet<>();
                    case SORTED -> new TreeSet<>(comparator);
                };
            case MAP -> throw new IllegalArgumentException("expected no map");
        };
    }

    @SuppressWarnings("JavaUtilDate") // users have them
    private static Object time(Object value) {
        if (value instanceof ZoneOffset offset) {
            return ZoneOffset.ofTotalSeconds(-1 - offset.getTotalSeconds() / 2);
        } else if (value instanceof OffsetTime time) {
            return time.withOffsetSameLocal(ZoneOffset.ofTotalSeconds(-1));
        } else if (value instanceof OffsetDateTime time) {
            return time.withOffsetSameInstant(ZoneOffset.ofTotalSeconds(-1));
        } else if (value instanceof Temporal temporal) {
            for (ChronoUnit unit : List.of(ChronoUnit.NANOS, ChronoUnit.DAYS, ChronoUnit.MONTHS, ChronoUnit.YEARS)) {
                if (temporal.isSupported(unit)) {
                    return temporal.plus(1, unit);
                }
            }
        } else if (value instanceof java.time.Duration duration) {
            return duration.plusNanos(1);
        } else if (value instanceof Period period) {
            return period.plusDays(1);
        } else if (value instanceof MonthDay day) {
            return day.withDayOfMonth(day.getDayOfMonth() % 28 + 1);
        } else if (value instanceof Date date) {
            return new Date(date.getTime() + 1);
        }
        return null;
    }

    private Object other(Object value) {
        if (value instanceof String text) {
            return text(text);
        } else if (value instanceof Enum<?> constant) {
            List<?> constants =
                    Arrays.asList((Object[]) constant.getDeclaringClass().getEnumConstants());
            return constants.get((constants.indexOf(constant) + 1) % constants.size());
        } else if (value instanceof Map.Entry<?, ?> entry) {
            return new SimpleEntry<>(entry.getKey(), mutate(entry.getValue()));
        } else if (value instanceof Optional<?> optional) {
            return Optional.of(mutate(optional.orElse(null)));
        } else if (value instanceof OptionalInt number) {
            return number.isPresent() ? OptionalInt.empty() : OptionalInt.of(0);
        } else if (value instanceof OptionalLong number) {
            return number.isPresent() ? OptionalLong.empty() : OptionalLong.of(0);
        } else if (value instanceof OptionalDouble number) {
            return number.isPresent() ? OptionalDouble.empty() : OptionalDouble.of(0);
        } else if (value instanceof BitSet bits) {
            BitSet copy = (BitSet) bits.clone();
            copy.flip(random.nextInt(200));
            return copy;
        }
        return name(value);
    }

    private String text(String text) {
        if (text.isEmpty()) {
            return "\0";
        }
        StringBuilder changed = new StringBuilder(text);
        int position = random.nextInt(text.length());
        changed.setCharAt(position, (char) (text.charAt(position) ^ 1));
        return changed.toString();
    }

    private static Object name(Object value) {
        if (value instanceof UUID uuid) {
            return new UUID(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits() + 1);
        } else if (value instanceof URI uri) {
            return URI.create(uri + "/x");
        } else if (value instanceof Path path) {
            return path.resolve("x");
        } else if (value instanceof File file) {
            return new File(file, "x");
        } else if (value instanceof Locale) {
            return Locale.KOREA;
        } else if (value instanceof Currency) {
            return Currency.getInstance("CHF");
        } else if (value instanceof Charset) {
            return StandardCharsets.UTF_16LE;
        } else if (value instanceof ZoneId) {
            return ZoneId.of("America/Lima");
        }
        throw new IllegalArgumentException(
                "no small change is known for a " + value.getClass().getName());
    }
}
