package dev.fleche.codec;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.BitSet;
import java.util.Date;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** The leaves that are numbers, text and plain bytes. */
final class BasicLeaves {

    static final List<Leaf<?>> ALL = List.of(
            leaf(Tag.BYTE, Byte.class, (value, sink) -> sink.writeByte(value), PayloadSource::readByte),
            leaf(Tag.SHORT, Short.class, (value, sink) -> sink.writeShort(value), PayloadSource::readShort),
            leaf(Tag.CHAR, Character.class, (value, sink) -> sink.writeShort(value), source ->
                    (char) source.readShort()),
            leaf(Tag.INT, Integer.class, (value, sink) -> sink.writeInt(value), PayloadSource::readInt),
            leaf(Tag.LONG, Long.class, (value, sink) -> sink.writeLong(value), PayloadSource::readLong),
            leaf(
                    Tag.FLOAT,
                    Float.class,
                    (value, sink) -> sink.writeInt(Float.floatToRawIntBits(value)),
                    source -> Float.intBitsToFloat(source.readInt())),
            leaf(
                    Tag.DOUBLE,
                    Double.class,
                    (value, sink) -> sink.writeLong(Double.doubleToRawLongBits(value)),
                    source -> Double.longBitsToDouble(source.readLong())),
            leaf(Tag.STRING, String.class, (value, sink) -> sink.writeString(value), PayloadSource::readString),
            leaf(Tag.BIG_INTEGER, BigInteger.class, BasicLeaves::writeBigInteger, BasicLeaves::readBigInteger),
            leaf(Tag.BIG_DECIMAL, BigDecimal.class, BasicLeaves::writeBigDecimal, BasicLeaves::readBigDecimal),
            leaf(Tag.MATH_CONTEXT, MathContext.class, BasicLeaves::writeMathContext, BasicLeaves::readMathContext),
            leaf(
                    Tag.UUID,
                    UUID.class,
                    (value, sink) -> {
                        sink.writeLong(value.getMostSignificantBits());
                        sink.writeLong(value.getLeastSignificantBits());
                    },
                    source -> new UUID(source.readLong(), source.readLong())),
            leaf(
                    Tag.DIGEST,
                    Digest.class,
                    (value, sink) -> sink.writeBytes(value.toBytes()),
                    source -> Digest.of(source.readBytes(Digest.BYTES))),
            leaf(
                    Tag.ADDRESS,
                    Address.class,
                    (value, sink) -> sink.writeBytes(value.sha256().toBytes()),
                    source -> new Address(Digest.of(source.readBytes(Digest.BYTES)))),
            leaf(
                    Tag.OPTIONAL_INT,
                    OptionalInt.class,
                    (value, sink) -> {
                        sink.writeByte(value.isPresent() ? 1 : 0);
                        value.ifPresent(sink::writeInt);
                    },
                    source -> readFlag(source) ? OptionalInt.of(source.readInt()) : OptionalInt.empty()),
            leaf(
                    Tag.OPTIONAL_LONG,
                    OptionalLong.class,
                    (value, sink) -> {
                        sink.writeByte(value.isPresent() ? 1 : 0);
                        value.ifPresent(sink::writeLong);
                    },
                    source -> readFlag(source) ? OptionalLong.of(source.readLong()) : OptionalLong.empty()),
            leaf(
                    Tag.OPTIONAL_DOUBLE,
                    OptionalDouble.class,
                    (value, sink) -> {
                        sink.writeByte(value.isPresent() ? 1 : 0);
                        value.ifPresent(number -> sink.writeLong(Double.doubleToRawLongBits(number)));
                    },
                    source -> readFlag(source)
                            ? OptionalDouble.of(Double.longBitsToDouble(source.readLong()))
                            : OptionalDouble.empty()),
            mutable(Tag.BIT_SET, BitSet.class, BasicLeaves::writeBitSet, BasicLeaves::readBitSet),
            mutable(Tag.DATE, Date.class, BasicLeaves::writeDate, BasicLeaves::readDate));

    private BasicLeaves() {}

    private static <T> Leaf<T> leaf(int tag, Class<T> type, Leaf.Writer<T> writer, Leaf.Reader<T> reader) {
        return new Leaf<>(tag, type, true, writer, reader);
    }

    private static <T> Leaf<T> mutable(int tag, Class<T> type, Leaf.Writer<T> writer, Leaf.Reader<T> reader) {
        return new Leaf<>(tag, type, false, writer, reader);
    }

    /** Reads a byte that is 0 or 1. */
    static boolean readFlag(PayloadSource source) {
        int flag = source.readUnsignedByte();
        if (flag > 1) {
            throw source.damaged("0 or 1", String.valueOf(flag));
        }
        return flag == 1;
    }

    /** Reads the length of something of which each part takes {@code minBytes} bytes at least. */
    static int readLength(PayloadSource source, int minBytes) {
        long length = source.readCount();
        if (length > source.remaining() / minBytes) {
            throw source.damaged(
                    "at least " + minBytes + " bytes for each of " + length, source.remaining() + " bytes");
        }
        return (int) length;
    }

    private static void writeBigInteger(BigInteger value, PayloadSink sink) {
        byte[] bytes = value.toByteArray();
        sink.writeCount(bytes.length);
        sink.writeBytes(bytes);
    }

    private static BigInteger readBigInteger(PayloadSource source) {
        return new BigInteger(source.readBytes(readLength(source, 1)));
    }

    private static void writeBigDecimal(BigDecimal value, PayloadSink sink) {
        sink.writeInt(value.scale());
        writeBigInteger(value.unscaledValue(), sink);
    }

    private static BigDecimal readBigDecimal(PayloadSource source) {
        int scale = source.readInt();
        return new BigDecimal(readBigInteger(source), scale);
    }

    private static void writeMathContext(MathContext value, PayloadSink sink) {
        sink.writeInt(value.getPrecision());
        sink.writeString(value.getRoundingMode().name());
    }

    private static MathContext readMathContext(PayloadSource source) {
        int precision = source.readInt();
        return new MathContext(precision, RoundingMode.valueOf(source.readString()));
    }

    private static void writeBitSet(BitSet value, PayloadSink sink) {
        long[] words = value.toLongArray();
        sink.writeCount(words.length);
        sink.writeLongs(words);
    }

    private static BitSet readBitSet(PayloadSource source) {
        return BitSet.valueOf(source.readLongs(readLength(source, Long.BYTES)));
    }

    @SuppressWarnings("JavaUtilDate") // those who still have one
    private static void writeDate(Date value, PayloadSink sink) {
        sink.writeLong(value.getTime());
    }

    @SuppressWarnings("JavaUtilDate") // those who still have one
    private static Date readDate(PayloadSource source) {
        return new Date(source.readLong());
    }
}
