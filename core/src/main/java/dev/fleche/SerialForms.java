package dev.fleche;

import java.io.InvalidObjectException;

/** What the serialised forms of memos, calls and contexts share. */
final class SerialForms {

    /** The version of all forms. The rules of records let any other read them, so each form carries it. */
    static final int VERSION = 1;

    private SerialForms() {}

    /** Fails unless the form is of this version. */
    static void requireVersion(int version) {
        if (version != VERSION) {
            throw new IllegalArgumentException("expected serialised form " + VERSION + ", found " + version
                    + "; use one version of Fleche in all processes");
        }
    }

    /** Returns what to throw when a stream holds an object that is only ever serialised as its form. */
    static InvalidObjectException noForm(Class<?> type) {
        return new InvalidObjectException("expected the serialised form of a " + type.getSimpleName()
                + ", found its fields; the stream is damaged or forged");
    }

    /** Returns what to throw when a form makes no object here. */
    static InvalidObjectException refused(RuntimeException cause) {
        InvalidObjectException refused = new InvalidObjectException(cause.getMessage());
        refused.initCause(cause);
        return refused;
    }
}
