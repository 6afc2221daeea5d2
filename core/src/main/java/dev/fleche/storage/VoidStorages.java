package dev.fleche.storage;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import java.util.Set;
import java.util.stream.Stream;

/** Storages that keep nothing, to switch caching off. */
final class VoidStorages {

    static final String TYPE = "void";

    private static final Storages VOID = new Storages(new Values(), new Calls());

    private VoidStorages() {}

    static Storages open() {
        return VOID;
    }

    static final class Provider implements StorageProvider {

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Storages open(CacheConfig config) {
            config.requireKnownOptions(Set.of());
            return VoidStorages.open();
        }
    }

    /** A value storage that keeps nothing. */
    private static final class Values implements ValueStorage {

        @Override
        public void put(Value value) {}

        @Override
        public Lookup<Value> find(Address address) {
            return Lookup.absent();
        }

        @Override
        public boolean contains(Address address) {
            return false;
        }

        @Override
        public boolean remove(Address address) {
            return false;
        }

        @Override
        public Stream<Address> addresses() {
            return Stream.empty();
        }

        @Override
        public void close() {}
    }

    /** A call storage that keeps nothing. */
    private static final class Calls implements CallStorage {

        @Override
        public Lookup<CallRecord> find(Digest key) {
            return Lookup.absent();
        }

        @Override
        public boolean contains(Digest key) {
            return false;
        }

        /** Returns true: there never is an entry that could have been first. */
        @Override
        public boolean putIfAbsent(CallRecord record) {
            return true;
        }

        @Override
        public void replace(CallRecord record) {}

        @Override
        public boolean remove(Digest key) {
            return false;
        }

        @Override
        public Stream<Digest> keys() {
            return Stream.empty();
        }

        @Override
        public Stream<CallRecord> records() {
            return Stream.empty();
        }

        @Override
        public Admission admit(Digest key, Set<Address> values) {
            return () -> {};
        }

        @Override
        public void close() {}
    }
}
