package dev.fleche.cache;

import dev.fleche.storage.Flaw;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What a verification has counted so far, and whom it tells. Not thread-safe; confined to one verification. */
final class VerifyTally {

    /** So many flaws are kept one by one. */
    static final int MAX_FLAWS = 1000;

    private static final System.Logger LOGGER = System.getLogger("dev.fleche.cache");
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Verification how;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final Map<Flaw.Kind, Long> found = new EnumMap<>(Flaw.Kind.class);
    private final Map<Flaw.Kind, Long> repaired = new EnumMap<>(Flaw.Kind.class);
    private final List<Flaw> flaws = new ArrayList<>();
    private VerifyProgress.Part part = VerifyProgress.Part.SURROUNDINGS;
    private long toldNanos;
    private long records;
    private long values;
    private long bytes;
    private long foundCount;
    private String obstacle = "";

    VerifyTally(Verification how, LongSupplier nanoTime) {
        this.how = how;
        this.nanoTime = nanoTime;
        startNanos = nanoTime.getAsLong();
        toldNanos = startNanos;
    }

    void begin(VerifyProgress.Part next) {
        part = next;
        how.listener().ifPresent(listener -> tell(listener, nanoTime.getAsLong()));
    }

    void value(long sizeBytes) {
        values++;
        bytes += sizeBytes;
    }

    void record(long sizeBytes) {
        records++;
        bytes += sizeBytes;
    }

    void found(Flaw flaw) {
        found.merge(flaw.kind(), 1L, Long::sum);
        foundCount++;
        if (flaws.size() < MAX_FLAWS) {
            flaws.add(flaw);
        }
    }

    void repaired(Flaw flaw) {
        repaired.merge(flaw.kind(), 1L, Long::sum);
    }

    /** Notes why something was not repaired; the first reason is the one reported. */
    void obstacle(String reason) {
        if (obstacle.isEmpty()) {
            obstacle = reason;
        }
    }

    /** Tells how far it is, if it is time to. */
    void step() {
        long now = nanoTime.getAsLong();
        long since = now - toldNanos;
        if (how.listener().isPresent()) {
            if (since >= TELL_NANOS) {
                tell(how.listener().get(), now);
            }
        } else if (since >= LOG_NANOS) {
            toldNanos = now;
            LOGGER.log(Level.INFO, progress(now).toString());
        }
    }

    private void tell(Consumer<? super VerifyProgress> listener, long now) {
        toldNanos = now;
        listener.accept(progress(now));
    }

    private VerifyProgress progress(long now) {
        return new VerifyProgress(part, records, values, bytes, foundCount, Duration.ofNanos(now - startNanos));
    }

    VerifyReport report(boolean areEntriesChecked, long storeBytes) {
        return new VerifyReport(
                records,
                values,
                bytes,
                storeBytes,
                found,
                flaws,
                repaired,
                areEntriesChecked,
                obstacle,
                Duration.ofNanos(nanoTime.getAsLong() - startNanos));
    }
}
