package dev.fleche.codec;

/**
 * The bare primitives: components of records that need no tag, because the record's shape says what they are.
 *
 * <p>A type's number is that of {@link KnownTypes}, and 0 for types that are not primitive.
 */
final class Primitives {

    static final int REFERENCE = 0;
    private static final int BOOLEAN = 1;
    private static final int BYTE = 2;
    private static final int SHORT = 3;
    private static final int CHAR = 4;
    private static final int INT = 5;
    private static final int LONG = 6;
    private static final int FLOAT = 7;
    private static final int DOUBLE = 8;

    private Primitives() {}

    /** Returns the number of {@code type}. */
    static int code(Class<?> type) {
        return type.isPrimitive() ? KnownTypes.code(type) : REFERENCE;
    }

    /** Writes the primitive that {@code box} holds. */
    static void write(int code, Object box, PayloadSink sink) {
        switch (code) {
            case BOOLEAN -> sink.writeByte((Boolean) box ? 1 : 0);
            case BYTE -> sink.writeByte((Byte) box);
            case SHORT -> sink.writeShort((Short) box);
            case CHAR -> sink.writeShort((Character) box);
            case INT -> sink.writeInt((Integer) box);
            case LONG -> sink.writeLong((Long) box);
            case FLOAT -> sink.writeInt(Float.floatToRawIntBits((Float) box));
            case DOUBLE -> sink.writeLong(Double.doubleToRawLongBits((Double) box));
            default -> throw new AssertionError("no primitive has the number " + code);
        }
    }

    /** Reads a primitive into its box. */
    static Object read(int code, PayloadSource source) {
        return switch (code) {
            case BOOLEAN -> BasicLeaves.readFlag(source);
            case BYTE -> source.readByte();
            case SHORT -> source.readShort();
            case CHAR -> (char) source.readShort();
            case INT -> source.readInt();
            case LONG -> source.readLong();
            case FLOAT -> Float.intBitsToFloat(source.readInt());
            case DOUBLE -> Double.longBitsToDouble(source.readLong());
            default -> throw new AssertionError("no primitive has the number " + code);
        };
    }
}
