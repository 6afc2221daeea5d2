package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.Fleche;
import dev.fleche.Memo2;
import dev.fleche.cache.Cache;
import dev.fleche.cache.Verification;
import dev.fleche.cache.VerifyReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What holds for every persistent cache when the stored bytes of its entries are damaged from outside: never a wrong
 * value, never an exception out of a memoised call; a verification finds it, and the next commit or a repair heals it.
 *
 * <p>Extend it, and say how the cache is opened and where it keeps the bytes of its entries. A storage that is slow to
 * damage may have some of its bytes chosen by a seed; the system property {@code dev.fleche.test.allDamages=true} makes
 * it all of them.
 */
public abstract class DamageContract {

    /** So many of the damages are repaired by a verification instead of the next commit. */
    private static final int REPAIR_EVERY = 11;

    private static final int FEW = 3;
    /** As many as do not fit into the record. */
    private static final int MANY = 100;

    private static final boolean ALL = Boolean.getBoolean("dev.fleche.test.allDamages");
    private static final long SEED = Long.getLong("dev.fleche.test.seed", System.nanoTime());

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final Memo2<String, Integer, List<Point>> POINTS = Fleche.of(DamageContract::points);

    private Cache cache;
    private int damages;

    /** Where the bytes of one entry are. */
    public interface Place {

        /** Returns the stored bytes. */
        byte[] read() throws IOException;

        /** Puts others in their place, behind the storage's back, also if the entry was removed. */
        void write(byte[] bytes) throws IOException;
    }

    /** A part of a result. */
    public record Point(int x, String label) {}

    static List<Point> points(String label, int count) {
        RUNS.incrementAndGet();
        List<Point> points = new ArrayList<>();
        for (int x = 0; x < count; x++) {
            points.add(new Point(x, label + "-" + x));
        }
        return points;
    }

    /** Opens the cache of this test, which is empty at first. */
    protected abstract Cache openCache();

    /** Returns the places of all records, by a name that stays. */
    protected abstract Map<String, Place> records() throws IOException;

    /** Returns the places of all values, by a name that stays. */
    protected abstract Map<String, Place> values() throws IOException;

    /** Returns how many bytes of an entry, or lengths of it, there are to one that is tried. */
    protected int stride() {
        return 1;
    }

    /** Returns the numbers below {@code length} that are tried. */
    private List<Integer> chosen(int length) {
        int stride = ALL ? 1 : stride();
        Random random = new Random(SEED);
        List<Integer> chosen = new ArrayList<>();
        for (int at = random.nextInt(stride); at < length; at += stride == 1 ? 1 : 1 + random.nextInt(2 * stride)) {
            chosen.add(at);
        }
        return chosen;
    }

    @BeforeEach
    void store() {
        cache = openCache();
        assertThat(POINTS.in(cache).apply("few", FEW)).hasSize(FEW);
        assertThat(POINTS.in(cache).apply("many", MANY)).hasSize(MANY);
        assertThat(cache.verify().text()).endsWith("no flaws");
    }

    @AfterEach
    void close() {
        cache.close();
    }

    private Map<String, Place> places() throws IOException {
        Map<String, Place> places = new TreeMap<>(records());
        places.putAll(values());
        assertThat(places).as("two records, a result and a manifest").hasSize(4);
        return places;
    }

    /** Calls both functions on the damaged store and again: right answers, at most one run each, nothing run twice. */
    protected final void checkAnswers(String what) {
        RUNS.set(0);
        assertThat(POINTS.in(cache).apply("few", FEW)).as(what).isEqualTo(points("few", FEW));
        assertThat(POINTS.in(cache).apply("many", MANY)).as(what).isEqualTo(points("many", MANY));
        // two of the runs are the comparisons' own
        assertThat(RUNS.get() - 2).as(what).isBetween(0, 2);
        RUNS.set(0);
        assertThat(POINTS.in(cache).apply("few", FEW)).as(what).hasSize(FEW);
        assertThat(POINTS.in(cache).apply("many", MANY)).as(what).hasSize(MANY);
        assertThat(RUNS).as("%s, second call", what).hasValue(0);
    }

    /** Calls both functions on a store that cannot be healed: right answers. */
    protected final void checkAnswersOnly() {
        assertThat(POINTS.in(cache).apply("few", FEW)).isEqualTo(points("few", FEW));
        assertThat(POINTS.in(cache).apply("many", MANY)).isEqualTo(points("many", MANY));
    }

    private void checkDamage(String what) {
        VerifyReport found = cache.verify();
        assertThat(found.isSound()).as("%s: %s", what, found).isFalse();
        if (damages++ % REPAIR_EVERY == 0) {
            checkRepair(what);
            checkAnswers(what);
        } else {
            checkAnswers(what);
            // who knows the code does not store its manifest again
            if (!cache.verify().isSound()) {
                checkRepair(what);
            }
        }
    }

    /** Checks that a repair leaves nothing that is found later. */
    protected final void checkRepair(String what) {
        VerifyReport repaired = cache.verify(Verification.repairing());
        assertThat(repaired.repaired()).as("%s: %s", what, repaired).isEqualTo(repaired.found());
        VerifyReport after = cache.verify();
        assertThat(after.isSound()).as("%s: %s", what, after.text()).isTrue();
    }

    @Test
    void everyFlippedByteIsFoundAndHealed() throws IOException {
        for (Map.Entry<String, Place> place : places().entrySet()) {
            byte[] sound = place.getValue().read();
            for (int i : chosen(sound.length)) {
                byte[] damaged = sound.clone();
                damaged[i] ^= (byte) (1 << (i % 8));
                place.getValue().write(damaged);

                checkDamage(place.getKey() + " byte " + i + ", seed " + SEED);
                place.getValue().write(sound);
            }
        }
    }

    @Test
    void everyTruncationIsFoundAndHealed() throws IOException {
        for (Map.Entry<String, Place> place : places().entrySet()) {
            byte[] sound = place.getValue().read();
            for (int length : chosen(sound.length)) {
                place.getValue().write(Arrays.copyOf(sound, length));

                checkDamage(place.getKey() + " length " + length + ", seed " + SEED);
                place.getValue().write(sound);
            }
            place.getValue().write(new byte[0]);
            checkDamage(place.getKey() + " emptied");
            place.getValue().write(Arrays.copyOf(sound, sound.length + 1));
            checkDamage(place.getKey() + " and a byte more");
            place.getValue().write(sound);
        }
    }

    @Test
    void swappedEntriesAreFoundAndHealed() throws IOException {
        Map<String, Place> places = places();
        for (Map.Entry<String, Place> one : places.entrySet()) {
            for (Map.Entry<String, Place> other : places.entrySet()) {
                if (!one.getKey().equals(other.getKey())) {
                    byte[] first = one.getValue().read();
                    byte[] second = other.getValue().read();
                    one.getValue().write(second);
                    other.getValue().write(first);

                    checkDamage(one.getKey() + " and " + other.getKey());
                    one.getValue().write(first);
                    other.getValue().write(second);
                }
            }
        }
    }

    @Test
    void foreignBytesAreFoundAndHealed() throws IOException {
        for (Map.Entry<String, Place> place : places().entrySet()) {
            byte[] sound = place.getValue().read();
            byte[] noise = sound.clone();
            new Random(sound.length).nextBytes(noise);
            for (byte[] foreign : Stream.of(
                            noise,
                            new byte[sound.length],
                            new byte[100_000],
                            "{\"not\": \"ours\"}".getBytes(StandardCharsets.UTF_8))
                    .toList()) {
                place.getValue().write(foreign);

                checkDamage(place.getKey() + " with " + foreign.length + " foreign bytes");
                place.getValue().write(sound);
            }
        }
    }

    @Test
    void damageEverywhereIsRepairedAtOnce() throws IOException {
        for (Place place : places().values()) {
            byte[] damaged = place.read();
            damaged[damaged.length / 2] ^= 4;
            place.write(damaged);
        }

        checkRepair("everything");

        assertThat(records()).isEmpty();
        assertThat(values()).isEmpty();
        checkAnswers("everything");
    }
}
