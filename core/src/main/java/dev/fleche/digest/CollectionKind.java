package dev.fleche.digest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of the JDK's collections: what of one is content, and which class comes back for it.
 *
 * <p>Both the digest and the value encoding follow this one description. A class that a program can name has a kind of
 * its own; views and wrappers that it cannot name fall to the nearest kind by the interface that they have. The
 * constants' {@linkplain #code codes} are part of the value format.
 */
public enum CollectionKind {
    /** An {@link ArrayList}, or any other list of the JDK that has no kind of its own. */
    ARRAY_LIST(1, Family.LIST, Order.KEPT),
    /** A {@link LinkedList}. */
    LINKED_LIST(2, Family.LIST, Order.KEPT),
    /** A {@link Vector}. */
    VECTOR(3, Family.LIST, Order.KEPT),
    /** A {@link Stack}. */
    STACK(4, Family.LIST, Order.KEPT),
    /** A {@link CopyOnWriteArrayList}. */
    COPY_ON_WRITE_LIST(5, Family.LIST, Order.KEPT),
    /** A list that cannot be changed, such as {@link List#of}. */
    IMMUTABLE_LIST(6, Family.LIST, Order.KEPT),
    /** A {@link HashSet}. */
    HASH_SET(16, Family.SET, Order.FREE),
    /** A {@link LinkedHashSet}, or any other set of the JDK that may have an order. */
    LINKED_HASH_SET(17, Family.SET, Order.KEPT),
    /** A {@link TreeSet}, or any other sorted set of the JDK that has no kind of its own. */
    TREE_SET(18, Family.SET, Order.SORTED),
    /** A {@link ConcurrentSkipListSet}. */
    CONCURRENT_SKIP_LIST_SET(19, Family.SET, Order.SORTED),
    /** A {@link CopyOnWriteArraySet}. */
    COPY_ON_WRITE_SET(20, Family.SET, Order.KEPT),
    /** An {@link EnumSet}. */
    ENUM_SET(21, Family.SET, Order.FREE),
    /** A set made by {@link ConcurrentHashMap#newKeySet()}, or the key set of a concurrent hash map. */
    CONCURRENT_HASH_SET(22, Family.SET, Order.FREE),
    /** A set without order that cannot be changed, such as {@link Set#of}. */
    IMMUTABLE_SET(23, Family.SET, Order.FREE),
    /** A set with an order that cannot be changed, such as {@code Collections.unmodifiableSet(…)}. */
    IMMUTABLE_ORDERED_SET(24, Family.SET, Order.KEPT),
    /** A sorted set that cannot be changed. */
    IMMUTABLE_SORTED_SET(25, Family.SET, Order.SORTED),
    /** A {@link HashMap}. */
    HASH_MAP(32, Family.MAP, Order.FREE),
    /** A {@link LinkedHashMap}, or any other map of the JDK that may have an order. */
    LINKED_HASH_MAP(33, Family.MAP, Order.KEPT),
    /** A {@link TreeMap}, or any other sorted map of the JDK that has no kind of its own. */
    TREE_MAP(34, Family.MAP, Order.SORTED),
    /** A {@link ConcurrentSkipListMap}. */
    CONCURRENT_SKIP_LIST_MAP(35, Family.MAP, Order.SORTED),
    /** A {@link ConcurrentHashMap}. */
    CONCURRENT_HASH_MAP(36, Family.MAP, Order.FREE),
    /** A {@link Hashtable}. */
    HASHTABLE(37, Family.MAP, Order.FREE),
    /** An {@link EnumMap}. */
    ENUM_MAP(38, Family.MAP, Order.FREE),
    /** A map without order that cannot be changed, such as {@link Map#of}. */
    IMMUTABLE_MAP(39, Family.MAP, Order.FREE),
    /** A map with an order that cannot be changed, such as {@code Collections.unmodifiableMap(…)}. */
    IMMUTABLE_ORDERED_MAP(40, Family.MAP, Order.KEPT),
    /** A sorted map that cannot be changed. */
    IMMUTABLE_SORTED_MAP(41, Family.MAP, Order.SORTED),
    /** An {@link ArrayDeque}. */
    ARRAY_DEQUE(48, Family.QUEUE, Order.KEPT),
    /** A {@link ConcurrentLinkedQueue}. */
    CONCURRENT_LINKED_QUEUE(49, Family.QUEUE, Order.KEPT),
    /** A {@link ConcurrentLinkedDeque}. */
    CONCURRENT_LINKED_DEQUE(50, Family.QUEUE, Order.KEPT),
    /** A {@link PriorityQueue}; its content is the order of its heap together with its comparator. */
    PRIORITY_QUEUE(51, Family.QUEUE, Order.KEPT),
    /** A collection that is none of these, such as {@link Map#values}; taken in its iteration order. */
    COLLECTION(64, Family.COLLECTION, Order.KEPT),
    /**
     * A collection that is none of these and cannot be changed, such as {@code Collections.unmodifiableCollection(…)}.
     */
    IMMUTABLE_COLLECTION(65, Family.COLLECTION, Order.KEPT);

    /** What kind of container a collection is. */
    public enum Family {
        /** A {@link List}. */
        LIST,
        /** A {@link Set}. */
        SET,
        /** A {@link Map}. */
        MAP,
        /** A {@link Queue} that is no list. */
        QUEUE,
        /** Another {@link Collection}. */
        COLLECTION
    }

    /** Whether the order of the elements is content. */
    public enum Order {
        /** Two iteration orders of equal elements are the same content. */
        FREE,
        /** The iteration order is content. */
        KEPT,
        /** The comparator decides: with none the order is free, with one it is content, and so is the comparator. */
        SORTED
    }

    private static final ClassValue<Optional<CollectionKind>> KINDS = new ClassValue<>() {
        @Override
        protected Optional<CollectionKind> computeValue(Class<?> type) {
            return Optional.ofNullable(classify(type));
        }
    };

    private static final Map<Class<?>, CollectionKind> NAMED = Map.ofEntries(
            Map.entry(LinkedList.class, LINKED_LIST),
            Map.entry(Vector.class, VECTOR),
            Map.entry(Stack.class, STACK),
            Map.entry(CopyOnWriteArrayList.class, COPY_ON_WRITE_LIST),
            Map.entry(HashSet.class, HASH_SET),
            Map.entry(ConcurrentSkipListSet.class, CONCURRENT_SKIP_LIST_SET),
            Map.entry(CopyOnWriteArraySet.class, COPY_ON_WRITE_SET),
            Map.entry(ConcurrentHashMap.KeySetView.class, CONCURRENT_HASH_SET),
            Map.entry(HashMap.class, HASH_MAP),
            Map.entry(ConcurrentSkipListMap.class, CONCURRENT_SKIP_LIST_MAP),
            Map.entry(ConcurrentHashMap.class, CONCURRENT_HASH_MAP),
            Map.entry(Hashtable.class, HASHTABLE),
            Map.entry(EnumMap.class, ENUM_MAP),
            Map.entry(ArrayDeque.class, ARRAY_DEQUE),
            Map.entry(ConcurrentLinkedQueue.class, CONCURRENT_LINKED_QUEUE),
            Map.entry(ConcurrentLinkedDeque.class, CONCURRENT_LINKED_DEQUE),
            Map.entry(PriorityQueue.class, PRIORITY_QUEUE));

    private static final Set<String> IMMUTABLE_FREE = Set.of(
            "java.util.Collections$EmptySet",
            "java.util.Collections$SingletonSet",
            "java.util.Collections$EmptyMap",
            "java.util.Collections$SingletonMap",
            "java.util.ImmutableCollections$Set12",
            "java.util.ImmutableCollections$SetN",
            "java.util.ImmutableCollections$Map1",
            "java.util.ImmutableCollections$MapN");

    private static final Set<String> HASH_VIEWS = Set.of("java.util.HashMap$KeySet", "java.util.HashMap$EntrySet");

    private final int code;
    private final Family family;
    private final Order order;

    CollectionKind(int code, Family family, Order order) {
        this.code = code;
        this.family = family;
        this.order = order;
    }

    /**
     * Returns the kind of a collection or map, or nothing for other objects and for collections whose content cannot be
     * known: those of other libraries, and those of the JDK that compare by identity or may lose elements.
     */
    public static Optional<CollectionKind> of(Object value) {
        return KINDS.get(value.getClass());
    }

    /** Returns the kind of the collections and maps of a class. */
    static Optional<CollectionKind> ofType(Class<?> type) {
        return KINDS.get(type);
    }

    /**
     * Returns the kind with a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CollectionKind ofCode(int code) {
        for (CollectionKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no collection kind has the code " + code);
    }

    /** Returns the code that stands for this kind in stored values. */
    public int code() {
        return code;
    }

    /** Returns what kind of container this is. */
    public Family family() {
        return family;
    }

    /** Returns whether the order of the elements is content. */
    public Order order() {
        return order;
    }

    /** Returns whether collections of this kind cannot be changed, if their elements cannot. */
    public boolean isImmutable() {
        return switch (this) {
            case IMMUTABLE_LIST,
                    IMMUTABLE_SET,
                    IMMUTABLE_ORDERED_SET,
                    IMMUTABLE_SORTED_SET,
                    IMMUTABLE_MAP,
                    IMMUTABLE_ORDERED_MAP,
                    IMMUTABLE_SORTED_MAP -> true;
            default -> false;
        };
    }

    /** Returns the comparator of a sorted collection or a priority queue; null for the natural order or none. */
    public static @Nullable Comparator<?> comparatorOf(Object collection) {
        if (collection instanceof SortedSet<?> set) {
            return set.comparator();
        }
        if (collection instanceof SortedMap<?, ?> map) {
            return map.comparator();
        }
        return collection instanceof PriorityQueue<?> queue ? queue.comparator() : null;
    }

    private static @Nullable CollectionKind classify(Class<?> type) {
        if (type.getModule() != Object.class.getModule() || isOpaque(type)) {
            return null;
        }
        CollectionKind named = NAMED.get(type);
        if (named != null) {
            return named;
        }
        if (EnumSet.class.isAssignableFrom(type)) {
            return ENUM_SET;
        }
        if (List.class.isAssignableFrom(type)) {
            return isUnmodifiable(type) ? IMMUTABLE_LIST : ARRAY_LIST;
        }
        if (Set.class.isAssignableFrom(type)) {
            return classifySet(type);
        }
        if (Map.class.isAssignableFrom(type)) {
            return classifyMap(type);
        }
        if (Collection.class.isAssignableFrom(type) && !Queue.class.isAssignableFrom(type)) {
            return isUnmodifiable(type) ? IMMUTABLE_COLLECTION : COLLECTION;
        }
        return null;
    }

    private static CollectionKind classifySet(Class<?> type) {
        if (SortedSet.class.isAssignableFrom(type)) {
            return isUnmodifiable(type) ? IMMUTABLE_SORTED_SET : TREE_SET;
        }
        if (IMMUTABLE_FREE.contains(type.getName())) {
            return IMMUTABLE_SET;
        }
        if (HASH_VIEWS.contains(type.getName())) {
            return HASH_SET;
        }
        return isUnmodifiable(type) ? IMMUTABLE_ORDERED_SET : LINKED_HASH_SET;
    }

    private static CollectionKind classifyMap(Class<?> type) {
        if (SortedMap.class.isAssignableFrom(type)) {
            return isUnmodifiable(type) ? IMMUTABLE_SORTED_MAP : TREE_MAP;
        }
        if (IMMUTABLE_FREE.contains(type.getName())) {
            return IMMUTABLE_MAP;
        }
        return isUnmodifiable(type) ? IMMUTABLE_ORDERED_MAP : LINKED_HASH_MAP;
    }

    private static boolean isUnmodifiable(Class<?> type) {
        String name = type.getName();
        return name.startsWith("java.util.ImmutableCollections$")
                || name.startsWith("java.util.Collections$Unmodifiable")
                || name.startsWith("java.util.Collections$Empty")
                || name.startsWith("java.util.Collections$Singleton")
                || name.equals("java.util.Collections$CopiesList");
    }

    /** Those that compare by identity, may lose elements on their own, or hide content that matters. */
    private static boolean isOpaque(Class<?> type) {
        return IdentityHashMap.class.isAssignableFrom(type)
                || WeakHashMap.class.isAssignableFrom(type)
                || Properties.class.isAssignableFrom(type)
                || type.getName().equals("java.util.Collections$SetFromMap")
                || type.getName().startsWith("java.util.IdentityHashMap$")
                || type.getName().startsWith("java.util.WeakHashMap$");
    }
}
