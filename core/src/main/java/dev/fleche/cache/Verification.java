package dev.fleche.cache;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** How a cache is verified by {@link Cache#verify(Verification)}. Immutable. */
public final class Verification {

    private final boolean repairs;
    private final Optional<Consumer<? super VerifyProgress>> listener;

    private Verification(boolean repairs, Optional<Consumer<? super VerifyProgress>> listener) {
        this.repairs = repairs;
        this.listener = listener;
    }

    /** Returns the verification that reports what it finds, and changes nothing. */
    public static Verification checking() {
        return new Verification(false, Optional.empty());
    }

    /**
     * Returns the verification that removes what is damaged, records whose result is lost, and what dead processes
     * left.
     *
     * <p>A call whose record goes is computed again. A record that has lost the value of an argument keeps its result,
     * and knows the argument by its digest alone from then on. What this version cannot read stays, and so does what
     * does not belong to the store.
     */
    public static Verification repairing() {
        return new Verification(true, Optional.empty());
    }

    /**
     * Returns this verification with a listener, which is told at the beginning of each part and then about once a
     * second, on the thread that verifies.
     *
     * <p>Without a listener, one line in ten seconds is logged. What the listener throws ends the verification and
     * reaches its caller.
     */
    public Verification withProgress(Consumer<? super VerifyProgress> told) {
        return new Verification(repairs, Optional.of(Objects.requireNonNull(told, "told")));
    }

    /** Returns whether what is damaged is removed. */
    public boolean repairs() {
        return repairs;
    }

    Optional<Consumer<? super VerifyProgress>> listener() {
        return listener;
    }

    /** Returns the verification as it is written in code. */
    @Override
    public String toString() {
        return repairs ? "Verification.repairing()" : "Verification.checking()";
    }
}
