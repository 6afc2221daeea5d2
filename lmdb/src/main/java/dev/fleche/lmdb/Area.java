package dev.fleche.lmdb;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One of the databases of the environment. */
enum Area {
    /** Call records by their keys. */
    CALLS,
    /** Values by their addresses. */
    VALUES,
    /** Terms of call records, as {@link TermIndex} says. */
    TERMS;

    /** Returns the name of the database as bytes. */
    byte[] bytes() {
        return toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the name of the database. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
