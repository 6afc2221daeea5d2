package dev.fleche.cache;

import dev.fleche.storage.Flaw;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * What a verification found, and what it repaired. Immutable.
 *
 * @param records how many sound call records there are
 * @param values how many sound values there are
 * @param bytes how many bytes they have together
 * @param storeBytes how many bytes the store takes on disk when the verification ends, with what is no entry; zero if
 *     it takes none
 * @param found how many flaws of each kind were found; a kind that was not is missing
 * @param flaws the flaws found, the first 1000 of them
 * @param repaired how many flaws of each kind were repaired
 * @param areEntriesChecked whether values and records were read, which they are not where the engine's own structure is
 *     damaged
 * @param obstacle why a flaw that could have been repaired was not; empty if nothing stood in the way
 * @param duration how long it took
 */
public record VerifyReport(
        long records,
        long values,
        long bytes,
        long storeBytes,
        Map<Flaw.Kind, Long> found,
        List<Flaw> flaws,
        Map<Flaw.Kind, Long> repaired,
        boolean areEntriesChecked,
        String obstacle,
        Duration duration) {

    /** Creates the report. */
    public VerifyReport {
        found = copyOf(found);
        flaws = List.copyOf(flaws);
        repaired = copyOf(repaired);
        Objects.requireNonNull(obstacle, "obstacle");
        Objects.requireNonNull(duration, "duration");
    }

    private static Map<Flaw.Kind, Long> copyOf(Map<Flaw.Kind, Long> counts) {
        Map<Flaw.Kind, Long> copy = new EnumMap<>(Flaw.Kind.class);
        copy.putAll(counts);
        return Collections.unmodifiableMap(copy);
    }

    /** Returns whether everything was checked and nothing found. */
    public boolean isSound() {
        return areEntriesChecked && found.isEmpty();
    }

    /** Returns how many flaws were found. */
    public long foundCount() {
        return sum(found);
    }

    /** Returns how many flaws were repaired. */
    public long repairedCount() {
        return sum(repaired);
    }

    private static long sum(Map<Flaw.Kind, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the report for people to read: the line of {@link #toString} and one line for each flaw. */
    public String text() {
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        lines.add(toString());
        flaws.forEach(flaw -> lines.add("  " + flaw));
        if (foundCount() > flaws.size()) {
            lines.add("  and " + count(foundCount() - flaws.size(), "flaw") + " more");
        }
        return lines.toString();
    }

    /** Returns the report on one line, for people to read. */
    @Override
    public String toString() {
        StringJoiner parts = new StringJoiner("; ");
        parts.add(areEntriesChecked ? checked() : "the entries were not read, since the engine's structure is damaged");
        parts.add(found.isEmpty() ? "no flaws" : count(foundCount(), "flaw") + " " + kinds(found));
        if (!repaired.isEmpty()) {
            parts.add(String.format(Locale.ROOT, "%,d repaired %s", repairedCount(), kinds(repaired)));
        }
        if (!obstacle.isEmpty()) {
            parts.add("not all could be repaired: " + obstacle);
        }
        return parts.toString();
    }

    private String checked() {
        return String.format(
                Locale.ROOT,
                "%s and %s sound, %,d bytes, in %.1f s",
                count(records, "call record"),
                count(values, "value"),
                bytes,
                duration.toMillis() / 1000.0);
    }

    private static String kinds(Map<Flaw.Kind, Long> counts) {
        StringJoiner kinds = new StringJoiner(", ", "(", ")");
        counts.forEach((kind, count) -> kinds.add(String.format(Locale.ROOT, "%s %,d", kind, count)));
        return kinds.toString();
    }

    private static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
