package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.Memo1;
import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.cache.Verification;
import dev.fleche.cache.VerifyReport;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.Flaw;
import dev.fleche.testing.SavingProcess.Order;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A save that is disturbed: what is stored before it, and what a store may hold after it. */
enum Save {

    /** The store comes into being with it. */
    INTO_A_NEW_STORE(false, false),

    /** Something else was stored before, by another process. */
    BESIDE_ANOTHER(true, false),

    /** An older result of the same call was stored before, which it replaces. */
    OVER_AN_OLDER(true, true);

    private static final int SAVED = 1;
    private static final int OTHER = 2;
    private static final int OLD = 1;
    private static final int NEW = 2;
    private static final int LATER = 3;

    private final boolean other;
    private final boolean older;

    Save(boolean other, boolean older) {
        this.other = other;
        this.older = older;
    }

    /** Stores what is there before. */
    void prepare(SavingProcess process, String function, CacheConfig config) {
        if (other) {
            expectRight(process.make(new Order("other", OTHER, OLD, false), config));
        }
        if (older) {
            expectRight(process.make(new Order(function, SAVED, OLD, false), config));
        }
    }

    /** Returns the call whose saving is disturbed. */
    Order order(String function) {
        return new Order(function, SAVED, NEW, older);
    }

    /**
     * Checks that the store holds the older result, the saved one or none, and everything else; that it is sound; and
     * that it takes what is missing.
     *
     * @param saved whether the saved result must be there
     */
    void check(String function, CacheConfig config, boolean saved, String when) {
        OptionalInt found;
        try (Cache cache = Cache.open(config)) {
            checkOther(cache, when);
            found = found(function, cache);
            if (saved) {
                assertThat(found).as(when).hasValue(NEW);
            } else if (older) {
                assertThat(found).as(when).isIn(OptionalInt.of(OLD), OptionalInt.of(NEW));
            } else {
                assertThat(found).as(when).isIn(OptionalInt.empty(), OptionalInt.of(NEW));
            }
            checkSound(cache, when);
            assertThat(SavingProcess.make(new Order(function, SAVED, LATER, false), cache))
                    .as(when)
                    .isEqualTo(SavingProcess.result(SAVED, found.orElse(LATER)));
        }
        try (Cache cache = Cache.open(config)) {
            checkOther(cache, when);
            assertThat(found(function, cache)).as(when).hasValue(found.orElse(LATER));
        }
    }

    private void checkOther(Cache cache, String when) {
        if (other) {
            assertThat(SavingProcess.function("other", cache).load(SavingProcess.argument(OTHER)))
                    .as(when)
                    .isEqualTo(SavingProcess.result(OTHER, OLD));
        }
    }

    /** What ended at a bad moment may leave something behind, and damages nothing. */
    private static void checkSound(Cache cache, String when) {
        VerifyReport found = cache.verify();
        assertThat(found.found().keySet()).as(when + "\n" + found.text()).isSubsetOf(Flaw.Kind.LEFT_BEHIND);
        VerifyReport repaired = cache.verify(Verification.repairing());
        VerifyReport after = cache.verify();
        assertThat(after.isSound())
                .as(when + "\n" + repaired.text() + "\n" + after.text())
                .isTrue();
    }

    /** Returns which result is stored, if any; fails if it is none that ever was. */
    private static OptionalInt found(String function, Cache cache) {
        Memo1<byte[], byte[]> memo = SavingProcess.function(function, cache);
        Optional<byte[]> stored;
        try {
            stored = Optional.of(memo.load(SavingProcess.argument(SAVED)));
        } catch (NotCachedException e) {
            return OptionalInt.empty();
        }
        List<Integer> same = IntStream.rangeClosed(OLD, LATER)
                .filter(generation -> Arrays.equals(stored.get(), SavingProcess.result(SAVED, generation)))
                .boxed()
                .toList();
        assertThat(same).as("results that the stored one equals").hasSize(1);
        return OptionalInt.of(same.get(0));
    }

    private static void expectRight(SavingProcess.Answer answer) {
        assertThat(answer).isEqualTo(new SavingProcess.Answer("right", List.of()));
    }
}
