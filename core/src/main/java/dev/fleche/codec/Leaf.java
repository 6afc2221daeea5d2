package dev.fleche.codec;

/**
 * A class whose values hold no other values: how one is written after its tag, and how it is read.
 *
 * @param tag the tag
 * @param type the class
 * @param isImmutable whether its values cannot be changed
 * @param writer writes what follows the tag
 * @param reader reads what follows the tag
 */
record Leaf<T>(int tag, Class<T> type, boolean isImmutable, Writer<T> writer, Reader<T> reader) {

    /** Writes the content of a value. */
    interface Writer<T> {
        void write(T value, PayloadSink sink);
    }

    /** Reads the content of a value. */
    interface Reader<T> {
        T read(PayloadSource source);
    }

    /** Writes tag and content of {@code value}, which is an instance of {@link #type}. */
    void write(Object value, PayloadSink sink) {
        sink.writeByte(tag);
        writer.write(type.cast(value), sink);
    }
}
