package dev.fleche.cache;

/**
 * What a cache did since it was opened in this process.
 *
 * @param hits the look-ups that found a result
 * @param misses the look-ups that found none
 * @param damaged the misses that found an entry which could not be used: damaged, lost or undecodable
 * @param commits the results that were stored
 * @param failures the prepares and commits that the storage could not do
 * @param evictions the entries removed by {@link Cache#evict}
 */
public record CacheStats(long hits, long misses, long damaged, long commits, long failures, long evictions) {

    /** Returns the share of look-ups that were hits, from 0 to 1; 0 if there were none. */
    public double hitRate() {
        long lookups = hits + misses;
        return lookups == 0 ? 0 : (double) hits / lookups;
    }
}
