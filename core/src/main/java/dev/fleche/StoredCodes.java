package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.SingleFlight;
import dev.fleche.code.CodeManifest;
import dev.fleche.codec.TypeContext;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.record.CallRecord;
import dev.fleche.record.RecordedArgument;
import dev.fleche.record.RecordedCall;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The codes by which the results in a store were computed, for each function and version.
 *
 * <p>The records are read once in a process, when the codes are first asked for; what this process stores is noted as
 * it comes, what others store meanwhile is not seen. Safe for use by several threads.
 */
final class StoredCodes {

    /** A bound, so that a store of endless functions does not fill the memory. */
    private static final int MAX_CODES = 100_000;

    /** Calls whose arguments are remembered; the codes of more are told by the function alone. */
    private static final int MAX_CALLS = 500_000;

    /** The keys of results that this process stored; of more, some results are counted twice. */
    private static final int MAX_KEYS = 10_000;

    /** What is read of a store only to tell its user something; its entries come in the order of their digests. */
    static final long MAX_READ_FOR_NEWS = 10_000;

    /** How long a store that could not be read is left alone. */
    private static final long RETRY_NANOS = Duration.ofMinutes(1).toNanos();

    /** A bound for each class, beyond which nothing is a first time. */
    private static final int MAX_ASKED = 10_000;

    /** The flights without locks are the same for all views of one store, and go with it. */
    private static final Map<SingleFlight, StoredCodes> BY_STORE = new WeakHashMap<>();

    /** Who asked about stores that can be opened again: each opening is another object. */
    private static final Map<Class<?>, Set<Asked>> ASKED = new WeakHashMap<>();

    private final Codes noted = new Codes();
    private final Set<Digest> notedKeys = new HashSet<>();
    private final Map<Class<?>, Set<Asked>> asked = new WeakHashMap<>();
    private final ReentrantLock reading = new ReentrantLock();
    private final LongSupplier nanoTime;
    private @Nullable StorageException failure;
    private long failedNanos;
    private volatile Codes read = new Codes();
    private volatile long readable;
    private volatile boolean partial;

    /** A function of a version. */
    record Function(FunctionId id, Optional<String> version) {

        static Function of(Profile profile) {
            return new Function(profile.id(), Optional.ofNullable(profile.version()));
        }
    }

    /**
     * A function that asks about a store.
     *
     * @param store the configuration of the store; empty where the object that keeps this goes with the store
     * @param function the function
     * @param body the digest of the body of a lambda without a name, which shares its id; else empty
     */
    private record Asked(Optional<CacheConfig> store, Function function, String body) {}

    /**
     * A code of a function.
     *
     * @param digest its digest
     * @param results how many results it computed, or had adopted
     * @param latest when the last of them was computed
     * @param example the key of that one
     */
    record Code(Digest digest, long results, Instant latest, Digest example) {

        private Code with(Code other) {
            boolean later = other.latest.isAfter(latest);
            return new Code(
                    digest, results + other.results, later ? other.latest : latest, later ? other.example : example);
        }
    }

    /** Codes by function. Safe for use by several threads. */
    private static final class Codes {

        private final Map<Function, Map<Digest, Code>> byFunction = new HashMap<>();

        /** By the hash code of the digests: who tries a code finds out anyway whether it has a result. */
        private final Map<Function, Map<Integer, Set<Digest>>> byArguments = new HashMap<>();

        private int size;
        private int calls;

        synchronized void add(Function function, Code code, List<Digest> arguments) {
            if (size < MAX_CODES) {
                Map<Digest, Code> codes = byFunction.computeIfAbsent(function, unknown -> new HashMap<>());
                size += codes.containsKey(code.digest) ? 0 : 1;
                // the digest that is known already, for there may be many calls by one code
                Digest known = codes.merge(code.digest, code, Code::with).digest;
                if (calls < MAX_CALLS) {
                    calls++;
                    byArguments
                            .computeIfAbsent(function, unknown -> new HashMap<>())
                            .merge(arguments.hashCode(), Set.of(known), Codes::union);
                }
            }
        }

        private static Set<Digest> union(Set<Digest> known, Set<Digest> added) {
            if (known.containsAll(added)) {
                return known;
            }
            Set<Digest> all = new HashSet<>(known);
            all.addAll(added);
            return Set.copyOf(all);
        }

        /** Returns whether a code of a function may have computed a result of such arguments. */
        synchronized boolean mayHaveComputed(Function function, Digest code, List<Digest> arguments) {
            return calls >= MAX_CALLS
                    || byArguments
                            .getOrDefault(function, Map.of())
                            .getOrDefault(arguments.hashCode(), Set.of())
                            .contains(code);
        }

        synchronized Map<Digest, Code> of(Function function) {
            return new HashMap<>(byFunction.getOrDefault(function, Map.of()));
        }
    }

    /** Creates the codes of a store that has not been read, with a clock. */
    StoredCodes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns the codes of the store that {@code cache} is, or is a view of. */
    static StoredCodes of(Cache cache) {
        SingleFlight store = cache.flights().withoutLocks();
        synchronized (BY_STORE) {
            return BY_STORE.computeIfAbsent(store, unknown -> new StoredCodes(System::nanoTime));
        }
    }

    /**
     * Returns whether a function asks about this store for the first time in this process, be it opened anew.
     *
     * @param cache this store, or a view of it
     * @param present the code that the function reaches
     */
    boolean isFirst(Profile profile, Cache cache, CallCode present) {
        Class<?> type = profile.code().method().getDeclaringClass();
        Function function = Function.of(profile);
        String body = profile.code().isNameless() ? body(present) : "";
        // the configuration is asked for once, not at each miss
        return isNew(asked, type, new Asked(Optional.empty(), function, body))
                && cache.config()
                        .filter(config -> !config.isLocal())
                        .map(config -> config.without(CacheConfig.READ_ONLY))
                        .map(config -> isNew(ASKED, type, new Asked(Optional.of(config), function, body)))
                        .orElse(true);
    }

    private static boolean isNew(Map<Class<?>, Set<Asked>> known, Class<?> type, Asked asked) {
        synchronized (known) {
            Set<Asked> ofType = known.computeIfAbsent(type, unknown -> new HashSet<>());
            return ofType.size() < MAX_ASKED && ofType.add(asked);
        }
    }

    private static String body(CallCode present) {
        return present.reached().own().entries().stream()
                .filter(part -> part.kind() == CodeManifest.Kind.ROOT)
                .map(CodeManifest.Entry::content)
                .findFirst()
                .orElse("");
    }

    /** Notes what this process has stored. */
    void note(Profile profile, Digest code, Digest key, List<Digest> arguments) {
        synchronized (notedKeys) {
            if (notedKeys.size() < MAX_KEYS) {
                notedKeys.add(key);
            }
        }
        noted.add(Function.of(profile), new Code(code, 1, Instant.now(), key), arguments);
    }

    /**
     * Returns the codes of a function that may have computed a result of these arguments, the one with the latest
     * result first; reads all records if nobody has.
     *
     * @throws StorageException if the records cannot be read
     */
    List<Code> of(Function function, List<Digest> arguments, Cache cache) {
        return codes(function, cache, Long.MAX_VALUE).stream()
                .filter(code -> read.mayHaveComputed(function, code.digest, arguments)
                        || noted.mayHaveComputed(function, code.digest, arguments))
                .toList();
    }

    /** Returns the codes of a function that are met among so many records as may be read without being asked to. */
    List<Code> some(Function function, Cache cache) {
        return codes(function, cache, MAX_READ_FOR_NEWS);
    }

    /** Returns whether there are records that have not been read, so that there may be more results. */
    boolean isPartial() {
        return partial;
    }

    private List<Code> codes(Function function, Cache cache, long records) {
        if (readable < records) {
            read(cache, records);
        }
        Map<Digest, Code> codes = read.of(function);
        noted.of(function).forEach((digest, code) -> codes.merge(digest, code, Code::with));
        return codes.values().stream()
                .sorted(Comparator.comparing(Code::latest).reversed())
                .toList();
    }

    private void read(Cache cache, long records) {
        reading.lock();
        try {
            if (readable < records) {
                requireNoLateFailure();
                readNow(cache, records);
                failure = null;
            }
        } catch (StorageException e) {
            if (failure == null) {
                failure = e;
                failedNanos = nanoTime.getAsLong();
            }
            throw e;
        } finally {
            reading.unlock();
        }
    }

    /** Fails as the last attempt did if that was lately: a store that cannot be read would slow each miss. */
    private void requireNoLateFailure() {
        StorageException known = failure;
        if (known != null) {
            if (nanoTime.getAsLong() - failedNanos < RETRY_NANOS) {
                throw new StorageException(String.valueOf(known.getMessage()), known);
            }
            failure = null;
        }
    }

    private void readNow(Cache cache, long records) {
        Codes found = new Codes();
        AtomicLong count = new AtomicLong();
        try (Stream<RecordedCall<Object>> calls = cache.query(TypeContext.empty()).stream()) {
            calls.limit(records).map(RecordedCall::record).forEach(record -> {
                count.incrementAndGet();
                add(found, record);
            });
        }
        read = found;
        partial = count.get() >= records;
        readable = records;
    }

    private void add(Codes found, CallRecord record) {
        if (record.codeDigest().isPresent() && !isNoted(record.key())) {
            Digest code = record.codeDigest().get();
            found.add(
                    new Function(record.function(), record.version()),
                    new Code(code, 1, record.stop(), record.key()),
                    record.arguments().stream().map(RecordedArgument::digest).toList());
        }
    }

    private boolean isNoted(Digest key) {
        synchronized (notedKeys) {
            return notedKeys.contains(key);
        }
    }
}
