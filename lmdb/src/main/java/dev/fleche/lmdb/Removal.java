package dev.fleche.lmdb;

import dev.fleche.digest.Digest;

/**
 * The removal of an entry; tells whether there was one.
 *
 * @param area where it is
 * @param key its key
 */
record Removal(Area area, Digest key) implements Change<Boolean> {

    @Override
    public Boolean make(Target target) {
        return target.delete(area, key.toBytes());
    }

    @Override
    public boolean isRemoval() {
        return true;
    }
}
