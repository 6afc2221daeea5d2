package dev.fleche;

/** How results of other code are taken over by {@link Memo#adopt}. Immutable. */
public final class Adoption {

    private final int sample;

    private Adoption(int sample) {
        this.sample = sample;
    }

    /** Returns the adoption of all results, on the word of the caller that the change was harmless. */
    public static Adoption atOnce() {
        return new Adoption(0);
    }

    /**
     * Returns the adoption after some of the calls were computed again, each with the recorded result.
     *
     * @param calls how many of them, the latest first; at least one
     * @throws IllegalArgumentException if {@code calls} is less than one
     */
    public static Adoption afterSample(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("expected a sample of one or more calls, found " + calls
                    + "; to adopt without one say Adoption.atOnce()");
        }
        return new Adoption(calls);
    }

    /** Returns how many calls are computed again first. */
    int sample() {
        return sample;
    }

    /** Returns the adoption as it is written in code. */
    @Override
    public String toString() {
        return sample == 0 ? "Adoption.atOnce()" : "Adoption.afterSample(" + sample + ")";
    }
}
