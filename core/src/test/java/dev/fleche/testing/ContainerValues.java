package dev.fleche.testing;

import java.time.DayOfWeek;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
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
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;

/** The part of {@link Values} that makes containers. */
@SuppressWarnings("JdkObsolete") // users have them
final class ContainerValues {

    private final Values values;
    private final Random random;
    private final Random order;

    ContainerValues(Values values, Random random, Random order) {
        this.values = values;
        this.random = random;
        this.order = order;
    }

    Object next(int depth) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> list(depth);
            case 2 -> freeSet();
            case 3 -> otherSet();
            case 4 -> freeMap();
            case 5 -> otherMap(depth);
            case 6 -> queue(depth);
            default -> composite(depth);
        };
    }

    private Object list(int depth) {
        List<Object> elements = elements(depth);
        return choose(List.of(
                        ArrayList::new,
                        LinkedList::new,
                        Vector::new,
                        CopyOnWriteArrayList::new,
                        all -> Arrays.asList(all.toArray()),
                        all -> Collections.unmodifiableList(new ArrayList<>(all)),
                        all -> List.copyOf(withoutNull(all)),
                        all -> {
                            Stack<Object> stack = new Stack<>();
                            stack.addAll(all);
                            return stack;
                        }))
                .apply(elements);
    }

    private Object freeSet() {
        List<Object> elements = shuffled(keys());
        return choose(List.of(HashSet::new, all -> Set.copyOf(all), all -> {
                    Set<Object> set = ConcurrentHashMap.newKeySet();
                    set.addAll(all);
                    return set;
                }))
                .apply(elements);
    }

    private Object otherSet() {
        List<Object> elements = keys();
        List<String> texts = texts();
        return switch (random.nextInt(6)) {
            case 0 -> new LinkedHashSet<>(elements);
            case 1 -> new CopyOnWriteArraySet<>(elements);
            case 2 -> new TreeSet<>(shuffled(texts));
            case 3 -> new ConcurrentSkipListSet<>(shuffled(texts));
            case 4 -> fill(new TreeSet<>(comparator()), shuffled(texts));
            default -> fill(EnumSet.noneOf(DayOfWeek.class), days());
        };
    }

    private Object freeMap() {
        List<Object> keys = keys();
        List<Map.Entry<Object, Object>> entries = new ArrayList<>();
        keys.forEach(key -> entries.add(new SimpleEntry<>(key, values.leaf())));
        Map<Object, Object> map = new LinkedHashMap<>();
        shuffled(entries).forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return switch (random.nextInt(4)) {
            case 0 -> Map.copyOf(map);
            case 1 -> new ConcurrentHashMap<>(map);
            case 2 -> new Hashtable<>(map);
            default -> new HashMap<>(map);
        };
    }

    private Object otherMap(int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        texts().forEach(key -> map.put(key, values.next(depth - 1)));
        return switch (random.nextInt(5)) {
            case 0 -> map;
            case 1 -> new TreeMap<>(map);
            case 2 -> {
                map.values().removeIf(value -> value == null);
                yield new ConcurrentSkipListMap<>(map);
            }
            case 3 -> {
                Map<String, Object> sorted = new TreeMap<>(comparator());
                sorted.putAll(map);
                yield sorted;
            }
            default -> {
                Map<DayOfWeek, Object> byDay = new EnumMap<>(DayOfWeek.class);
                days().forEach(day -> byDay.put(day, values.next(depth - 1)));
                yield byDay;
            }
        };
    }

    private Object queue(int depth) {
        List<Object> elements = withoutNull(elements(depth));
        return switch (random.nextInt(4)) {
            case 0 -> new ArrayDeque<>(elements);
            case 1 -> new ConcurrentLinkedQueue<>(elements);
            case 2 -> new ConcurrentLinkedDeque<>(elements);
            default -> fill(new PriorityQueue<>(comparator()), texts());
        };
    }

    private Object composite(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> new Values.Node(values.text(), values.next(depth - 1), elements(depth));
            case 1 -> Optional.of(Optional.ofNullable(values.next(depth - 1)));
            case 2 -> elements(depth).toArray();
            case 3 -> texts().toArray(String[]::new);
            default -> new SimpleEntry<>(values.next(depth - 1), values.next(depth - 1));
        };
    }

    private List<Object> elements(int depth) {
        int size = values.size();
        List<Object> elements = new ArrayList<>();
        int kind = random.nextInt(3);
        for (int i = 0; i < size; i++) {
            // large ones are of small numbers, so that they end near the threshold
            elements.add(size > 100 ? number(kind) : values.next(depth - 1));
        }
        return elements;
    }

    private Object number(int kind) {
        return kind == 0 ? (Object) random.nextLong() : (Object) random.nextInt();
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int i = values.size() % 10; i > 0; i--) {
            texts.add("key" + random.nextInt(1000));
        }
        return texts;
    }

    private List<DayOfWeek> days() {
        List<DayOfWeek> days = new ArrayList<>(List.of(DayOfWeek.values()));
        days.removeIf(day -> random.nextBoolean());
        return days;
    }

    private Comparator<String> comparator() {
        return switch (random.nextInt(4)) {
            case 0 -> Comparator.naturalOrder();
            case 1 -> Comparator.reverseOrder();
            case 2 -> String.CASE_INSENSITIVE_ORDER;
            default -> Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER);
        };
    }

    private <T, C extends Collection<T>> C fill(C collection, List<T> elements) {
        collection.addAll(elements);
        return collection;
    }

    private Function<List<Object>, Object> choose(List<Function<List<Object>, Object>> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private <T> List<T> shuffled(List<T> elements) {
        List<T> shuffled = new ArrayList<>(elements);
        Collections.shuffle(shuffled, order);
        return shuffled;
    }

    /** Returns distinct values that any set takes: comparing sorted ones with others would fail. */
    private List<Object> keys() {
        Set<Object> keys = new LinkedHashSet<>();
        for (int i = values.size(); i > 0; i--) {
            keys.add(random.nextInt(4) == 0 ? Arrays.asList(values.leaf(), null) : values.leaf());
        }
        return new ArrayList<>(keys);
    }

    private static List<Object> withoutNull(List<Object> elements) {
        List<Object> rest = new ArrayList<>(elements);
        rest.removeIf(element -> element == null);
        return rest;
    }
}
