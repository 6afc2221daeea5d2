package dev.fleche.storage;

import java.util.List;

/**
 * The care for what lies around and beneath the entries of a store: leftovers, foreign files, the engine's structure.
 *
 * <p>May take as long as reading the whole store. Blocks on I/O, leaves a pending interrupt set and is not changed by
 * it. Safe for several threads and processes, also while others read and write.
 */
public interface Upkeep {

    /** Returns the care for a store that has nothing but its entries. */
    static Upkeep none() {
        return NoUpkeep.INSTANCE;
    }

    /** Returns the care for this and for another part of a store, one after the other. */
    default Upkeep and(Upkeep other) {
        return new JointUpkeep(this, other);
    }

    /**
     * Looks for flaws around and beneath the entries, and changes nothing.
     *
     * <p>If one of them is of kind {@link Flaw.Kind#ENGINE}, the entries are better not read in this process.
     *
     * @throws StorageException if the store cannot be read at present
     */
    List<Flaw> check();

    /**
     * Looks for flaws as {@link #check()} does, and runs {@code step} again and again meanwhile, in this thread.
     *
     * <p>Where a check may take long, it is to be run often enough to tell people about progress. What it throws ends
     * the check. By default it is not run at all.
     *
     * @throws StorageException if the store cannot be read at present
     */
    default List<Flaw> check(Runnable step) {
        return check();
    }

    /**
     * Removes what {@link #check} finds and no process needs, and returns what it removed; the entries stay.
     *
     * @throws StorageException if the store cannot be written at present
     */
    List<Flaw> repair();

    /**
     * Removes as {@link #repair()} does, and runs {@code step} again and again meanwhile, as {@link #check(Runnable)}
     * does.
     *
     * @throws StorageException if the store cannot be written at present
     */
    default List<Flaw> repair(Runnable step) {
        return repair();
    }

    /** Returns the bytes that the store takes on disk, also for what is no entry; zero if it takes none. */
    long sizeBytes();
}
