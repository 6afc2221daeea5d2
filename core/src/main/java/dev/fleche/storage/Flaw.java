package dev.fleche.storage;

import java.util.Objects;

/**
 * Something wrong that was found in a store.
 *
 * @param kind what kind of thing is wrong
 * @param place where: a file, an entry, a table, a digest
 * @param detail one line for people: what was found there
 */
public record Flaw(Kind kind, String place, String detail) {

    /** What is wrong. */
    public enum Kind {
        /** A call record is damaged, half-written, or another's. */
        DAMAGED_RECORD,
        /** A value is damaged, half-written, or another's. */
        DAMAGED_VALUE,
        /** A call record is sound, and a value that it names is gone or damaged. */
        LOST_VALUE,
        /** An entry is not known to be damaged: it has a form that this version cannot read, or is out of reach. */
        UNREADABLE,
        /** Something lies in the store that does not belong there. */
        FOREIGN,
        /** A process that has ended left something unfinished. */
        LEFT_BEHIND,
        /** The engine beneath the store finds its own structure damaged; entries cannot be relied on to be found. */
        ENGINE
    }

    /** Creates a flaw. */
    public Flaw {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(detail, "detail");
    }

    /** Returns the flaw as a line of text. */
    @Override
    public String toString() {
        return kind + " " + place + ": " + detail;
    }
}
