package dev.fleche.codec;

import dev.fleche.digest.CollectionKind;
import java.util.AbstractMap.SimpleImmutableEntry;
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
import java.util.Objects;
import java.util.PriorityQueue;
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
import org.jspecify.annotations.Nullable;

/**
 * The construction of collections by kind: which class comes back for which.
 *
 * <p>Of the immutable collections of one kind some throw if they are asked for null, as {@link List#of} does, and
 * others answer, as {@link Collections#emptyList} does. One that answers comes back, wherever there may have been one.
 *
 * @param kind the kind of collection to make
 * @param comparator the order of a sorted collection or priority queue, null for the natural one
 * @param enumType the enum class of an enum set or map
 */
@SuppressWarnings("JdkObsolete") // what was stored comes back
record CollectionBuilder(
        CollectionKind kind,
        @Nullable Comparator<Object> comparator,
        @Nullable Class<?> enumType) {

    /** Returns whether collections of {@code kind} have a comparator. */
    static boolean isOrdered(CollectionKind kind) {
        return kind.order() == CollectionKind.Order.SORTED || kind == CollectionKind.PRIORITY_QUEUE;
    }

    /** Returns whether collections of {@code kind} hold constants of one enum only. */
    static boolean isOfEnum(CollectionKind kind) {
        return kind == CollectionKind.ENUM_SET || kind == CollectionKind.ENUM_MAP;
    }

    /** Returns the collection of {@code elements}, which may be kept; a set has fewer if some are equal. */
    Collection<@Nullable Object> collection(@Nullable Object[] elements) {
        List<@Nullable Object> list = Arrays.asList(elements);
        return switch (kind) {
            case ARRAY_LIST -> new ArrayList<>(list);
            case LINKED_LIST -> new LinkedList<>(list);
            case VECTOR -> new Vector<>(list);
            case STACK -> filled(new Stack<>(), list);
            case COPY_ON_WRITE_LIST -> new CopyOnWriteArrayList<>(elements);
            case IMMUTABLE_LIST -> Arrays.stream(elements).toList();
            case ARRAY_DEQUE -> filled(new ArrayDeque<>(elements.length), list);
            case CONCURRENT_LINKED_QUEUE -> new ConcurrentLinkedQueue<>(list);
            case CONCURRENT_LINKED_DEQUE -> new ConcurrentLinkedDeque<>(list);
            case PRIORITY_QUEUE -> filled(new PriorityQueue<>(Math.max(1, elements.length), comparator), list);
            case COLLECTION -> values(list);
            case IMMUTABLE_COLLECTION -> Sequenced.collection(new ArrayList<>(list));
            default -> set(list);
        };
    }

    private Collection<@Nullable Object> set(List<@Nullable Object> list) {
        return switch (kind) {
            case HASH_SET -> filled(new HashSet<>(capacity(list.size())), list);
            case LINKED_HASH_SET -> filled(new LinkedHashSet<>(capacity(list.size())), list);
            case TREE_SET -> filled(new TreeSet<>(comparator), list);
            case CONCURRENT_SKIP_LIST_SET -> filled(new ConcurrentSkipListSet<>(comparator), list);
            case COPY_ON_WRITE_SET -> new CopyOnWriteArraySet<>(list);
            case ENUM_SET -> filled(enumSet(), list);
            case CONCURRENT_HASH_SET -> filled(ConcurrentHashMap.newKeySet(list.size()), list);
            case IMMUTABLE_SET -> immutableSet(list);
            case IMMUTABLE_ORDERED_SET -> Sequenced.set(filled(new LinkedHashSet<>(capacity(list.size())), list));
            case IMMUTABLE_SORTED_SET -> Collections.unmodifiableNavigableSet(filled(new TreeSet<>(comparator), list));
            default -> throw new AssertionError(kind + " is no kind of collection");
        };
    }

    /** Returns the map of keys and values in turns; it has fewer entries if some keys are equal. */
    Map<@Nullable Object, @Nullable Object> map(@Nullable Object[] parts) {
        int size = parts.length / 2;
        return switch (kind) {
            case HASH_MAP -> filled(new HashMap<>(capacity(size)), parts);
            case LINKED_HASH_MAP -> filled(new LinkedHashMap<>(capacity(size)), parts);
            case TREE_MAP -> filled(new TreeMap<>(comparator), parts);
            case CONCURRENT_SKIP_LIST_MAP -> filled(new ConcurrentSkipListMap<>(comparator), parts);
            case CONCURRENT_HASH_MAP -> filled(new ConcurrentHashMap<>(size), parts);
            case HASHTABLE -> filled(new Hashtable<>(capacity(size)), parts);
            case ENUM_MAP -> filled(enumMap(), parts);
            case IMMUTABLE_MAP -> immutableMap(parts);
            case IMMUTABLE_ORDERED_MAP -> Sequenced.map(filled(new LinkedHashMap<>(capacity(size)), parts));
            case IMMUTABLE_SORTED_MAP -> Collections.unmodifiableNavigableMap(filled(new TreeMap<>(comparator), parts));
            default -> throw new AssertionError(kind + " is no kind of map");
        };
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static Map<@Nullable Object, @Nullable Object> immutableMap(@Nullable Object[] parts) {
        if (parts.length == 0) {
            return Collections.emptyMap();
        }
        if (parts.length == 2) {
            return Collections.singletonMap(parts[0], parts[1]);
        }
        Map.Entry<Object, Object>[] entries = new Map.Entry[parts.length / 2];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new SimpleImmutableEntry<>(parts[2 * i], parts[2 * i + 1]);
        }
        return Map.ofEntries(entries);
    }

    @SuppressWarnings("NullAway") // refuses nulls itself
    private static Set<@Nullable Object> immutableSet(List<@Nullable Object> list) {
        return switch (list.size()) {
            case 0 -> Collections.emptySet();
            case 1 -> Collections.singleton(list.get(0));
            default -> Set.of(list.toArray());
        };
    }

    /** Returns a collection that is nothing more, and from which elements can be removed. */
    private static Collection<@Nullable Object> values(List<@Nullable Object> list) {
        Map<Integer, @Nullable Object> map = new LinkedHashMap<>(capacity(list.size()));
        for (Object element : list) {
            map.put(map.size(), element);
        }
        return map.values();
    }

    private static <C extends Collection<@Nullable Object>> C filled(C collection, List<@Nullable Object> elements) {
        for (Object element : elements) {
            collection.add(element);
        }
        return collection;
    }

    private static <M extends Map<@Nullable Object, @Nullable Object>> M filled(M map, @Nullable Object[] parts) {
        for (int i = 0; i < parts.length; i += 2) {
            map.put(parts[i], parts[i + 1]);
        }
        return map;
    }

    /** The constants are checked by the set itself. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    private Collection<@Nullable Object> enumSet() {
        return EnumSet.noneOf((Class) Objects.requireNonNull(enumType));
    }

    /** The keys are checked by the map itself. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    private Map<@Nullable Object, @Nullable Object> enumMap() {
        return new EnumMap((Class) Objects.requireNonNull(enumType));
    }

    private static int capacity(int size) {
        return (int) Math.min(1 << 30, size * 4L / 3 + 1);
    }
}
