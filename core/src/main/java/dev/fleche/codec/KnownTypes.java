package dev.fleche.codec;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import java.io.File;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The types that the default codec knows without a context, each with the number that stands for it in payloads. */
final class KnownTypes {

    /** Part of the format: a type's number is its place here, counted from 1. Only ever added to, at the end. */
    private static final List<Class<?>> TYPES = List.of(
            // 1: primitives and their boxes
            boolean.class,
            byte.class,
            short.class,
            char.class,
            int.class,
            long.class,
            float.class,
            double.class,
            void.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Void.class,
            // 19: what others extend
            Object.class,
            Number.class,
            CharSequence.class,
            Comparable.class,
            Serializable.class,
            Record.class,
            Enum.class,
            // 26: single values
            String.class,
            Class.class,
            BigInteger.class,
            BigDecimal.class,
            MathContext.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class,
            Charset.class,
            BitSet.class,
            Date.class,
            Path.class,
            File.class,
            Digest.class,
            Address.class,
            Optional.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            Map.Entry.class,
            SimpleEntry.class,
            SimpleImmutableEntry.class,
            // 49: time
            Instant.class,
            Duration.class,
            Period.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Year.class,
            YearMonth.class,
            MonthDay.class,
            ZoneId.class,
            ZoneOffset.class,
            Temporal.class,
            TemporalAccessor.class,
            TemporalAmount.class,
            // 66: enums
            DayOfWeek.class,
            Month.class,
            ChronoUnit.class,
            ChronoField.class,
            TimeUnit.class,
            RoundingMode.class,
            // 72: collections
            Iterable.class,
            Collection.class,
            List.class,
            Set.class,
            SortedSet.class,
            NavigableSet.class,
            Map.class,
            SortedMap.class,
            NavigableMap.class,
            ConcurrentMap.class,
            ConcurrentNavigableMap.class,
            Queue.class,
            Deque.class,
            ArrayList.class,
            LinkedList.class,
            Vector.class,
            Stack.class,
            CopyOnWriteArrayList.class,
            HashSet.class,
            LinkedHashSet.class,
            TreeSet.class,
            ConcurrentSkipListSet.class,
            CopyOnWriteArraySet.class,
            EnumSet.class,
            ConcurrentHashMap.KeySetView.class,
            HashMap.class,
            LinkedHashMap.class,
            TreeMap.class,
            ConcurrentSkipListMap.class,
            ConcurrentHashMap.class,
            Hashtable.class,
            EnumMap.class,
            ArrayDeque.class,
            ConcurrentLinkedQueue.class,
            ConcurrentLinkedDeque.class,
            PriorityQueue.class);

    private static final Map<Class<?>, Integer> CODES = codes();

    private KnownTypes() {}

    private static Map<Class<?>, Integer> codes() {
        Map<Class<?>, Integer> codes = new HashMap<>();
        for (Class<?> type : TYPES) {
            codes.put(type, codes.size() + 1);
        }
        return codes;
    }

    /** Returns the number of {@code type}, or 0 if it is not known. */
    static int code(Class<?> type) {
        return CODES.getOrDefault(type, 0);
    }

    /** Returns the type with a number, or null if there is none. */
    static @Nullable Class<?> ofCode(long code) {
        return code >= 1 && code <= TYPES.size() ? TYPES.get((int) code - 1) : null;
    }

    /** Returns whether {@code type} is known or is a type of the JDK that some known one extends. */
    static boolean covers(Class<?> type) {
        return CODES.containsKey(type)
                || (type.getModule() == Object.class.getModule()
                        && TYPES.stream().anyMatch(type::isAssignableFrom));
    }
}
