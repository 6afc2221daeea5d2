package dev.fleche.processes;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The place of a large array of numbers in a serialized form; its bytes are a part of their own.
 *
 * <p>Serialization would copy the array in small pieces.
 */
final class LargeArray implements Serializable {

    private static final long serialVersionUID = 1;

    private static final int MIN_LENGTH = 2048;

    private final char kind;
    private final int part;

    LargeArray(char kind, int part) {
        this.kind = kind;
        this.part = part;
    }

    static boolean isLarge(Object array) {
        if (array instanceof byte[] bytes) {
            return bytes.length >= MIN_LENGTH;
        } else if (array instanceof double[] doubles) {
            return isLarge(doubles.length, Double.BYTES);
        } else if (array instanceof int[] ints) {
            return isLarge(ints.length, Integer.BYTES);
        } else if (array instanceof long[] longs) {
            return isLarge(longs.length, Long.BYTES);
        } else if (array instanceof float[] floats) {
            return isLarge(floats.length, Float.BYTES);
        }
        return false;
    }

    private static boolean isLarge(int length, int size) {
        return length >= MIN_LENGTH && length <= Integer.MAX_VALUE / size - 8;
    }

    static char kind(Object array) {
        return array.getClass().descriptorString().charAt(1);
    }

    /** Returns a copy of the array's content: the task may change it once it has been handed over. */
    static byte[] bytes(Object array) {
        if (array instanceof byte[] bytes) {
            return bytes.clone();
        } else if (array instanceof double[] doubles) {
            byte[] bytes = new byte[doubles.length * Double.BYTES];
            little(bytes).asDoubleBuffer().put(doubles);
            return bytes;
        } else if (array instanceof int[] ints) {
            byte[] bytes = new byte[ints.length * Integer.BYTES];
            little(bytes).asIntBuffer().put(ints);
            return bytes;
        } else if (array instanceof long[] longs) {
            byte[] bytes = new byte[longs.length * Long.BYTES];
            little(bytes).asLongBuffer().put(longs);
            return bytes;
        }
        float[] floats = (float[]) array;
        byte[] bytes = new byte[floats.length * Float.BYTES];
        little(bytes).asFloatBuffer().put(floats);
        return bytes;
    }

    /** Returns the array, which owns its part of the payload from here on if it is one of bytes. */
    Object array(Payload payload) throws InvalidObjectException {
        if (part < 1 || part >= payload.count()) {
            throw new InvalidObjectException("a large array has no part of its own");
        }
        byte[] bytes = payload.part(part);
        return switch (kind) {
            case 'B' -> bytes;
            case 'D' -> {
                double[] doubles = new double[bytes.length / Double.BYTES];
                little(bytes).asDoubleBuffer().get(doubles);
                yield doubles;
            }
            case 'I' -> {
                int[] ints = new int[bytes.length / Integer.BYTES];
                little(bytes).asIntBuffer().get(ints);
                yield ints;
            }
            case 'J' -> {
                long[] longs = new long[bytes.length / Long.BYTES];
                little(bytes).asLongBuffer().get(longs);
                yield longs;
            }
            case 'F' -> {
                float[] floats = new float[bytes.length / Float.BYTES];
                little(bytes).asFloatBuffer().get(floats);
                yield floats;
            }
            default -> throw new InvalidObjectException("no large array has kind " + kind);
        };
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
