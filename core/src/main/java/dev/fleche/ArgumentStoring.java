package dev.fleche;

/** Which arguments of a call are stored beside their digests, so that they can be read back from its record. */
public enum ArgumentStoring {
    /** Every argument that can be encoded, whatever its size. */
    ALL(Long.MAX_VALUE, 1),
    /** Every argument that can be encoded in at most 16 MiB; the default. */
    BOUNDED(16L << 20, 0),
    /** None: arguments are recorded by digest alone. */
    NONE(0, 2);

    private final long maxBytes;
    private final int code;

    ArgumentStoring(long maxBytes, int code) {
        this.maxBytes = maxBytes;
        this.code = code;
    }

    /** Returns the choice with a code. */
    static ArgumentStoring ofCode(int code) {
        for (ArgumentStoring each : values()) {
            if (each.code == code) {
                return each;
            }
        }
        throw new IllegalArgumentException("expected a choice of stored arguments, found number " + code);
    }

    /** Returns what stands for the choice in serialised forms; 0 for the default. */
    int code() {
        return code;
    }

    /** Returns the length up to which an encoded argument is stored. */
    long maxBytes() {
        return maxBytes;
    }
}
