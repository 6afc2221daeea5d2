package dev.fleche.cache;

import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.Lookup.Reason;
import dev.fleche.record.StoredValue;
import dev.fleche.storage.EntryBytes;
import dev.fleche.storage.Flaw;
import dev.fleche.storage.KeyLock;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.Storages;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** One verification of a pair of storages. Not thread-safe; confined to one verification. */
final class StoreVerifier {

    /* Others read and write meanwhile.
     *
     * Values are checked before records, since they are stored in that order: a record that was there when the values
     * were listed finds its values among them, and a later one's are asked for. What looks damaged is read once more
     * before it is reported, and what is to go once more before it is removed, since who commits that call heals it.
     * Between that look and the removal a healed entry may still go: then its call is computed again.
     *
     * Only what is wrong is remembered, and no more than MAX_REMEMBERED of it; what could not be remembered is read
     * again.
     */
    private static final int MAX_REMEMBERED = 100_000;

    private final Storages storages;
    private final Verification how;
    private final VerifyTally tally;
    private final Addresses damaged = new Addresses();
    private final Addresses lost = new Addresses();

    /** Some addresses, and whether there are more of the kind. */
    private static final class Addresses {

        private final Set<Address> known = new LinkedHashSet<>();
        private boolean areAllKnown = true;

        void add(Address address) {
            if (known.size() < MAX_REMEMBERED) {
                known.add(address);
            } else {
                areAllKnown = false;
            }
        }

        boolean contains(Address address) {
            return known.contains(address);
        }

        boolean mayContain(Address address) {
            return !areAllKnown || known.contains(address);
        }
    }

    StoreVerifier(Storages storages, Verification how, LongSupplier nanoTime) {
        this.storages = storages;
        this.how = how;
        tally = new VerifyTally(how, nanoTime);
    }

    VerifyReport verify() {
        tally.begin(VerifyProgress.Part.SURROUNDINGS);
        if (!checkSurroundings()) {
            return tally.report(false, storages.upkeep().sizeBytes());
        }
        tally.begin(VerifyProgress.Part.VALUES);
        try (Stream<Address> addresses = storages.values().addresses()) {
            addresses.forEach(this::checkValue);
        }
        tally.begin(VerifyProgress.Part.RECORDS);
        try (Stream<Digest> keys = storages.calls().keys()) {
            keys.forEach(this::checkRecord);
        }
        return tally.report(true, storages.upkeep().sizeBytes());
    }

    /** Returns whether the entries may be read. */
    private boolean checkSurroundings() {
        List<Flaw> flaws = storages.upkeep().check(tally::step);
        flaws.forEach(tally::found);
        if (how.repairs()) {
            try {
                storages.upkeep().repair(tally::step).forEach(tally::repaired);
            } catch (StorageException e) {
                tally.obstacle(String.valueOf(e.getMessage()));
            }
        }
        return !hasBrokenEngine(flaws)
                || (how.repairs() && !hasBrokenEngine(storages.upkeep().check(tally::step)));
    }

    private static boolean hasBrokenEngine(List<Flaw> flaws) {
        return flaws.stream().anyMatch(flaw -> flaw.kind() == Flaw.Kind.ENGINE);
    }

    private void checkValue(Address address) {
        Lookup<Value> found = confirmed(address);
        if (found instanceof Lookup.Hit<Value> hit) {
            tally.value(hit.value().size());
        } else if (found instanceof Lookup.Miss<Value> miss && miss.reason() != Reason.ABSENT) {
            boolean isDamaged = miss.reason() == Reason.DAMAGED;
            Flaw flaw = new Flaw(
                    isDamaged ? Flaw.Kind.DAMAGED_VALUE : Flaw.Kind.UNREADABLE, "value " + address, miss.detail());
            tally.found(flaw);
            if (isDamaged) {
                damaged.add(address);
                repair(flaw, () -> storages.values().remove(address));
            }
        }
        tally.step();
    }

    /** Returns what is at an address; what looks damaged is read again, as somebody may have healed it meanwhile. */
    private Lookup<Value> confirmed(Address address) {
        Lookup<Value> found = storages.values().verify(address);
        return isDamaged(found) ? storages.values().verify(address) : found;
    }

    private void checkRecord(Digest key) {
        Lookup<CallRecord> found = storages.calls().find(key);
        if (isDamaged(found)) {
            found = storages.calls().find(key);
        }
        if (found instanceof Lookup.Hit<CallRecord> hit) {
            tally.record(EntryBytes.of(hit.value()).length);
            checkValues(hit.value());
        } else if (found instanceof Lookup.Miss<CallRecord> miss && miss.reason() != Reason.ABSENT) {
            checkMissed(key, miss);
        }
        tally.step();
    }

    private void checkMissed(Digest key, Lookup.Miss<CallRecord> miss) {
        boolean isDamaged = miss.reason() == Reason.DAMAGED;
        Flaw flaw = new Flaw(
                isDamaged ? Flaw.Kind.DAMAGED_RECORD : Flaw.Kind.UNREADABLE, "call record " + key, miss.detail());
        tally.found(flaw);
        if (isDamaged) {
            repair(
                    flaw,
                    () -> locked(
                            key,
                            () -> !isDamaged(storages.calls().find(key))
                                    || storages.calls().remove(key)));
        }
    }

    private void checkValues(CallRecord record) {
        Set<Address> gone = gone(record);
        if (!gone.isEmpty()) {
            Flaw flaw = new Flaw(
                    Flaw.Kind.LOST_VALUE,
                    "call record " + record.key(),
                    (isResult(record, gone) ? "the value of its result" : "the value of an argument")
                            + " is gone or damaged: " + gone.iterator().next());
            tally.found(flaw);
            repair(flaw, () -> locked(record.key(), () -> repairRecord(record)));
        }
    }

    private boolean repairRecord(CallRecord record) {
        Set<Address> gone = gone(record);
        if (gone.isEmpty() || !storages.calls().find(record.key()).equals(Lookup.hit(record))) {
            // whoever computed the call meanwhile has healed it
            return true;
        }
        if (isResult(record, gone)) {
            return storages.calls().remove(record.key());
        }
        storages.calls().replace(record.withoutArgumentsAt(gone));
        return true;
    }

    private static boolean isResult(CallRecord record, Set<Address> gone) {
        return record.result() instanceof StoredValue.Separate separate && gone.contains(separate.address());
    }

    /** Returns at which addresses of a record nothing usable is; the result's first. */
    private Set<Address> gone(CallRecord record) {
        Set<Address> gone = new LinkedHashSet<>();
        if (record.result() instanceof StoredValue.Separate separate && isGone(separate.address())) {
            gone.add(separate.address());
        }
        record.addresses().stream().filter(this::isGone).forEach(gone::add);
        return gone;
    }

    /** Only a storage that says so has lost a value; one that cannot be asked has not. */
    private boolean isGone(Address address) {
        if (storages.values().contains(address) && !damaged.mayContain(address)) {
            return false;
        }
        if (lost.contains(address) && !how.repairs()) {
            // many records may name it, and to read it again for each would take too long
            return true;
        }
        Lookup<Value> found = storages.values().verify(address);
        boolean isGone =
                found instanceof Lookup.Miss<Value> miss && (miss.reason() == Reason.ABSENT || isDamaged(found));
        if (isGone) {
            lost.add(address);
        }
        return isGone;
    }

    private static boolean isDamaged(Lookup<?> found) {
        return found instanceof Lookup.Miss<?> miss && miss.reason() == Reason.DAMAGED;
    }

    /** Does {@code repair} if that was asked for; it returns false if somebody else is at it. */
    private void repair(Flaw flaw, BooleanSupplier repair) {
        if (!how.repairs()) {
            return;
        }
        try {
            if (repair.getAsBoolean()) {
                tally.repaired(flaw);
            }
        } catch (StorageException e) {
            tally.obstacle(String.valueOf(e.getMessage()));
        }
    }

    /** Does {@code repair} unless another process computes the call, and so heals it; returns whether it is done. */
    private boolean locked(Digest key, BooleanSupplier repair) {
        Optional<KeyLock> lock;
        try {
            lock = storages.locks().tryLock(key);
        } catch (StorageException e) {
            // locks only save work; without them a record that somebody has just healed may go
            return repair.getAsBoolean();
        }
        if (lock.isEmpty()) {
            tally.obstacle("another process computes the call " + key + " at this moment; verify again later");
            return false;
        }
        try {
            return repair.getAsBoolean();
        } finally {
            lock.get().close();
        }
    }
}
