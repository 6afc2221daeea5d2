package dev.fleche.lmdb;

import dev.fleche.digest.Digest;

/**
 * The removal of a record and its terms; tells whether there was one.
 *
 * @param key its key
 */
record RecordRemoval(Digest key) implements Change<Boolean> {

    @Override
    public Boolean make(Target target) {
        return TermIndex.remove(target, key.toBytes());
    }

    @Override
    public boolean isRemoval() {
        return true;
    }
}
