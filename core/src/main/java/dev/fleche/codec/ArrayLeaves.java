package dev.fleche.codec;

import java.util.List;

/**
 * The leaves that are arrays of primitives.
 *
 * <p>Tag, three zeros and a length of four bytes; so the data of an array that is the whole value starts at byte 24 of
 * the stored encoding, where it is aligned.
 */
final class ArrayLeaves {

    static final List<Leaf<?>> ALL = List.of(
            array(Tag.BOOLEANS, boolean[].class, 1, a -> a.length, ArrayLeaves::write, ArrayLeaves::readBooleans),
            array(Tag.BYTES, byte[].class, 1, a -> a.length, PayloadSink::writeBytes, PayloadSource::readBytes),
            array(
                    Tag.SHORTS,
                    short[].class,
                    Short.BYTES,
                    a -> a.length,
                    PayloadSink::writeShorts,
                    PayloadSource::readShorts),
            array(
                    Tag.CHARS,
                    char[].class,
                    Character.BYTES,
                    a -> a.length,
                    PayloadSink::writeChars,
                    PayloadSource::readChars),
            array(Tag.INTS, int[].class, Integer.BYTES, a -> a.length, PayloadSink::writeInts, PayloadSource::readInts),
            array(
                    Tag.LONGS,
                    long[].class,
                    Long.BYTES,
                    a -> a.length,
                    PayloadSink::writeLongs,
                    PayloadSource::readLongs),
            array(
                    Tag.FLOATS,
                    float[].class,
                    Float.BYTES,
                    a -> a.length,
                    PayloadSink::writeFloats,
                    PayloadSource::readFloats),
            array(
                    Tag.DOUBLES,
                    double[].class,
                    Double.BYTES,
                    a -> a.length,
                    PayloadSink::writeDoubles,
                    PayloadSource::readDoubles));

    private interface Length<A> {
        int of(A array);
    }

    private interface Write<A> {
        void write(PayloadSink sink, A array);
    }

    private interface Read<A> {
        A read(PayloadSource source, int length);
    }

    private ArrayLeaves() {}

    private static <A> Leaf<A> array(
            int tag, Class<A> type, int elementBytes, Length<A> length, Write<A> write, Read<A> read) {
        return new Leaf<>(
                tag,
                type,
                false,
                (value, sink) -> {
                    sink.writeByte(0);
                    sink.writeShort(0);
                    sink.writeInt(length.of(value));
                    write.write(sink, value);
                },
                source -> read.read(source, readLength(source, elementBytes)));
    }

    private static int readLength(PayloadSource source, int elementBytes) {
        if (source.readByte() != 0 || source.readShort() != 0) {
            throw source.damaged("three zeros", "something else");
        }
        int length = source.readInt();
        if (length < 0 || length > source.remaining() / elementBytes) {
            throw source.damaged(length + " elements", source.remaining() + " bytes");
        }
        return length;
    }

    private static void write(PayloadSink sink, boolean[] array) {
        byte[] bytes = new byte[array.length];
        for (int i = 0; i < array.length; i++) {
            bytes[i] = (byte) (array[i] ? 1 : 0);
        }
        sink.writeBytes(bytes);
    }

    private static boolean[] readBooleans(PayloadSource source, int length) {
        byte[] bytes = source.readBytes(length);
        boolean[] array = new boolean[length];
        int seen = 0;
        for (int i = 0; i < length; i++) {
            seen |= bytes[i];
            array[i] = bytes[i] != 0;
        }
        if ((seen & ~1) != 0) {
            throw source.damaged("zeros and ones", "something else");
        }
        return array;
    }
}
