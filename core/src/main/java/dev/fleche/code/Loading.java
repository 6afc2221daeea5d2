package dev.fleche.code;

import org.jspecify.annotations.Nullable;

/**
 * What a class loader does when a class is needed that has no file.
 *
 * @param outcome how it ends
 * @param loader the class loader that has the class; null if there is none, or it is that of the JDK
 */
record Loading(Outcome outcome, @Nullable ClassLoader loader) {

    /** Begins what stands behind the last slash of the name of a hidden class, which no loader finds. */
    private static final String HIDDEN = "0x";

    static final Loading UNKNOWN = new Loading(Outcome.UNKNOWN, null);

    /** The ways in which it ends. */
    enum Outcome {
        /** There is a class, which was made by somebody. */
        MADE,
        /** There is none: whoever needs it fails. */
        ABSENT,
        /** Something else. */
        UNKNOWN
    }

    /** Loads a class without initialising it. */
    static Loading of(String name, ClassLoader loader) {
        if (name.substring(name.lastIndexOf('/') + 1).startsWith(HIDDEN)) {
            return UNKNOWN;
        }
        try {
            return new Loading(
                    Outcome.MADE,
                    Class.forName(name.replace('/', '.'), false, loader).getClassLoader());
        } catch (ClassNotFoundException e) {
            return new Loading(Outcome.ABSENT, null);
        } catch (LinkageError | RuntimeException e) {
            // of a class loader that does more than to look for files
            return UNKNOWN;
        }
    }
}
