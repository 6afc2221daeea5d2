package dev.fleche.cache;

import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.Query;
import dev.fleche.record.RecordedCall;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.CallStorage;
import dev.fleche.storage.Durability;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import dev.fleche.storage.ValueStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A memory of calls: a value storage and a call storage, or a combination of caches.
 *
 * <p>Safe for use by several threads; who else may share one is up to its storages. Methods block on I/O as far as the
 * storages do, leave a pending interrupt set and are not changed by it. A directory is opened once per JVM: every
 * further opening returns another handle on the same store, and the store is closed with its last handle, at the latest
 * when the JVM shuts down. After {@link #close} every look-up is a miss and nothing is stored.
 *
 * <p>A program that uses memos needs the factories, {@link #query(Class...)}, {@link #evict}, {@link #verify()},
 * {@link #readOnly}, {@link #stats} and {@link #close}; the other methods are what a call is made of.
 */
public interface Cache extends AutoCloseable {

    /** Returns a cache made of two storages; closing it closes both. */
    static Cache of(ValueStorage values, CallStorage calls) {
        return new StoreCache(new Storages(values, calls), Optional.empty());
    }

    /** Returns a new cache in memory, bounded by the budget that all memory caches of the JVM share. */
    static Cache memory() {
        return open(CacheConfig.of("memory"));
    }

    /**
     * Returns the cache in the files of a directory, which is made if it does not exist.
     *
     * @throws dev.fleche.storage.StorageException if the directory holds something else; nothing in it is touched then
     */
    static Cache files(Path directory) {
        return OpenStores.open(Objects.requireNonNull(directory, "directory"), () -> fileConfig(directory));
    }

    /**
     * Returns the cache in a directory: an existing one as its format marker says, a new one in files.
     *
     * @throws dev.fleche.storage.StorageException if the directory holds something else, or a newer format; nothing in
     *     it is touched then
     */
    static Cache open(Path directory) {
        Objects.requireNonNull(directory, "directory");
        return OpenStores.open(directory, () -> StorageProviders.configOf(directory));
    }

    /**
     * Returns the cache in a directory, as {@link #open(Path)} does, of which is known what it survives.
     *
     * <p>A directory that this program has open already keeps its durability; {@link #open(Path)} takes either.
     *
     * @throws IllegalArgumentException if the store is of a type that has no choice
     * @throws dev.fleche.storage.StorageException if the directory holds something else, or a newer format, or is open
     *     in this program with another durability; nothing in it is touched then
     */
    static Cache open(Path directory, Durability durability) {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(durability, "durability");
        return OpenStores.open(
                directory,
                () -> StorageProviders.configOf(directory).with(CacheConfig.DURABILITY, durability.toString()));
    }

    /**
     * Returns the cache that a configuration describes; a read-only view of it, if its option
     * {@value CacheConfig#READ_ONLY} is {@code true}.
     *
     * <p>What {@link #config} of a memory cache told leads to that very cache, in the JVM where it is and while it is
     * open; closing what is returned then leaves it open for others.
     *
     * @throws IllegalArgumentException if the type or an option is unknown
     * @throws dev.fleche.storage.StorageException if it cannot be opened
     */
    static Cache open(CacheConfig config) {
        CacheConfig whole = Objects.requireNonNull(config, "config").without(CacheConfig.READ_ONLY);
        return config.isReadOnly() ? openWhole(whole).readOnly() : openWhole(whole);
    }

    private static Cache openWhole(CacheConfig config) {
        if (config.equals(VoidCache.CONFIG)) {
            return voidCache();
        }
        if (config.isLocal() && config.options().containsKey(MemoryCaches.ID)) {
            return MemoryCaches.find(config);
        }
        String path = config.options().get("path");
        return path != null
                ? OpenStores.open(Path.of(path), () -> config)
                : new StoreCache(StorageProviders.open(config), Optional.of(config));
    }

    /** Returns the cache that keeps nothing, to switch caching off. */
    static Cache voidCache() {
        return VoidCache.INSTANCE;
    }

    private static CacheConfig fileConfig(Path directory) {
        return CacheConfig.of("files").with("path", directory.toAbsolutePath().toString());
    }

    /**
     * Finds the result of a call.
     *
     * <p>A hit is a private copy, unless the value is immutable through and through. Anything wrong is a miss; never
     * throws for trouble of the storage or for damaged bytes.
     */
    Lookup<@Nullable Object> find(Digest key, TypeContext context);

    /**
     * Stores the arguments of a call before its body runs.
     *
     * <p>An argument that cannot be encoded or is too large is recorded by its digest alone.
     *
     * @throws dev.fleche.storage.StorageException if this cache cannot store now; nothing is left behind then
     */
    PreparedCall prepare(KeyedCall call);

    /** Returns whether there is a record of {@code key}, without reading its values. */
    boolean contains(Digest key);

    /**
     * Loads the record of {@code key}, with its values on access.
     *
     * @param context the types that the values may contain
     * @throws NotCachedException if there is none, or it is damaged
     */
    RecordedCall<Object> load(Digest key, TypeContext context);

    /**
     * Finds the value that a record keeps separately at {@code address}, as a new object.
     *
     * <p>Anything wrong is a miss.
     *
     * @param context the types that the value may contain
     */
    Lookup<@Nullable Object> findValue(Address address, TypeContext context);

    /**
     * Stores a value under its address, where {@link #findValue} finds it.
     *
     * <p>No record names it, so it goes when values without a record are swept. Storing a value already present writes
     * nothing.
     *
     * @throws dev.fleche.storage.StorageException if this cache cannot store now
     */
    Address storeValue(Value value);

    /**
     * Files a record whose values this cache holds already, unless there is a usable one for its key, and returns
     * whether it was filed: the result of one call that is that of another too.
     *
     * @param context the types that the values may contain
     * @param replaces whether it is filed in place of a usable one, too
     * @throws dev.fleche.storage.StorageException if this cache cannot store now
     */
    boolean file(CallRecord record, TypeContext context, boolean replaces);

    /**
     * Removes the record of {@code key} and returns whether there was one. Separate values stay for others.
     *
     * @throws dev.fleche.storage.StorageException if it cannot be removed
     */
    boolean evict(Digest key);

    /**
     * Returns a query over all call records.
     *
     * @param context the types that the values may contain, when they are loaded
     */
    Query<Object> query(TypeContext context);

    /**
     * Returns a query over all call records, whose values may contain what {@code allowed} names beside the JDK's
     * types.
     */
    default Query<Object> query(Class<?>... allowed) {
        return query(TypeContext.of(null, List.of(), List.of(allowed)));
    }

    /** Returns a view of this cache that finds and never stores or removes; closing it closes this cache. */
    default Cache readOnly() {
        return this instanceof ReadOnlyCache ? this : new ReadOnlyCache(this);
    }

    /** Checks every record and every value, as {@link #verify(Verification)} does, and changes nothing. */
    default VerifyReport verify() {
        return verify(Verification.checking());
    }

    /**
     * Checks every record, every value in full, whether the values that records name are there, and what else lies in
     * the store; repairs on request.
     *
     * <p>Others may read and write meanwhile, also from other processes. Takes as long as reading the whole store, and
     * memory for its largest value. An interrupt does not end it, and stays set.
     *
     * @throws dev.fleche.storage.StorageException if this cache is closed, cannot list its entries, or is to repair and
     *     is read-only
     */
    VerifyReport verify(Verification how);

    /** Returns what this cache did since it was opened in this process. */
    CacheStats stats();

    /**
     * Returns the configuration that opens this cache again, in this process or another; empty if it holds code.
     *
     * <p>A directory is named by its absolute path, without links. That of a memory cache leads back to it in this JVM
     * alone.
     */
    Optional<CacheConfig> config();

    /** Returns the running computations of the store that this cache saves to. */
    SingleFlight flights();

    /** Returns the running computations of that store whose results are futures. */
    FutureFlights futureFlights();

    /** Returns whether this cache keeps nothing, so that there is no use in making a key. */
    boolean isVoid();

    /** Closes this cache. Idempotent; does not throw for trouble of the storage, which it logs. */
    @Override
    void close();
}
