package dev.fleche.cache;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * How far a verification has come. Immutable.
 *
 * @param part what is verified at this moment
 * @param records how many call records were checked
 * @param values how many values were checked
 * @param bytes how many bytes of them were read
 * @param flaws how many flaws were found
 * @param elapsed the time since it began
 */
public record VerifyProgress(Part part, long records, long values, long bytes, long flaws, Duration elapsed) {

    /** The parts of a verification, in their order. */
    public enum Part {
        /** What lies around and beneath the entries. */
        SURROUNDINGS,
        /** The values. */
        VALUES,
        /** The call records, and whether the values that they name are there. */
        RECORDS
    }

    /** Creates the progress. */
    public VerifyProgress {
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(elapsed, "elapsed");
    }

    /** Returns the progress as a line of text. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "verifying %s: %,d values and %,d call records checked, %,d bytes, %,d flaws, %d s",
                part.name().toLowerCase(Locale.ROOT),
                values,
                records,
                bytes,
                flaws,
                elapsed.toSeconds());
    }
}
