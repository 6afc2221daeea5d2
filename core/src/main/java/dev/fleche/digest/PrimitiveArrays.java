package dev.fleche.digest;

import java.util.Map;

/**
 * The encoders of arrays of primitives: a tag, the length and the elements, little-endian.
 *
 * <p>They are copied in chunks, at the speed of memory. Chunks of floating-point numbers are looked through for NaN
 * first, and only those that may have one are converted one number at a time.
 */
final class PrimitiveArrays {

    private static final int CHUNK_BYTES = 8192;

    private PrimitiveArrays() {}

    static void addTo(Map<Class<?>, ValueEncoder<?>> encoders) {
        put(encoders, byte[].class, (array, walk) -> {
            walk.out.putInt(Tag.BYTES, array.length);
            walk.out.putBytes(array);
        });
        put(encoders, boolean[].class, (array, walk) -> putBooleans(array, walk.out));
        put(encoders, short[].class, (array, walk) -> putShorts(array, walk.out));
        put(encoders, char[].class, (array, walk) -> putChars(array, walk.out));
        put(encoders, int[].class, (array, walk) -> putInts(array, walk.out));
        put(encoders, long[].class, (array, walk) -> {
            walk.out.putInt(Tag.LONGS, array.length);
            putLongs(array, walk.out);
        });
        put(encoders, float[].class, (array, walk) -> putFloats(array, walk.out));
        put(encoders, double[].class, (array, walk) -> putDoubles(array, walk.out));
    }

    private static <T> void put(Map<Class<?>, ValueEncoder<?>> encoders, Class<T> type, ValueEncoder<T> encoder) {
        encoders.put(type, encoder);
    }

    private static void putBooleans(boolean[] array, DigestWriter out) {
        out.putInt(Tag.BOOLEANS, array.length);
        for (boolean element : array) {
            out.putByte(element ? 1 : 0);
        }
    }

    private static void putShorts(short[] array, DigestWriter out) {
        out.putInt(Tag.SHORTS, array.length);
        int step = CHUNK_BYTES / Short.BYTES;
        for (int from = 0; from < array.length; from += step) {
            int count = Math.min(step, array.length - from);
            out.room(count * Short.BYTES).asShortBuffer().put(array, from, count);
            out.advance(count * Short.BYTES);
        }
    }

    private static void putChars(char[] array, DigestWriter out) {
        out.putInt(Tag.CHARS, array.length);
        int step = CHUNK_BYTES / Character.BYTES;
        for (int from = 0; from < array.length; from += step) {
            int count = Math.min(step, array.length - from);
            out.room(count * Character.BYTES).asCharBuffer().put(array, from, count);
            out.advance(count * Character.BYTES);
        }
    }

    private static void putInts(int[] array, DigestWriter out) {
        out.putInt(Tag.INTS, array.length);
        int step = CHUNK_BYTES / Integer.BYTES;
        for (int from = 0; from < array.length; from += step) {
            int count = Math.min(step, array.length - from);
            out.room(count * Integer.BYTES).asIntBuffer().put(array, from, count);
            out.advance(count * Integer.BYTES);
        }
    }

    /** Writes the elements only. */
    static void putLongs(long[] array, DigestWriter out) {
        int step = CHUNK_BYTES / Long.BYTES;
        for (int from = 0; from < array.length; from += step) {
            int count = Math.min(step, array.length - from);
            out.room(count * Long.BYTES).asLongBuffer().put(array, from, count);
            out.advance(count * Long.BYTES);
        }
    }

    private static void putFloats(float[] array, DigestWriter out) {
        out.putInt(Tag.FLOATS, array.length);
        int step = CHUNK_BYTES / Float.BYTES;
        for (int from = 0; from < array.length; from += step) {
            int count = Math.min(step, array.length - from);
            if (mayHaveNaN(array, from, from + count)) {
                for (int i = from; i < from + count; i++) {
                    out.putInt(Float.floatToIntBits(array[i]));
                }
            } else {
                out.room(count * Float.BYTES).asFloatBuffer().put(array, from, count);
                out.advance(count * Float.BYTES);
            }
        }
    }

    private static void putDoubles(double[] array, DigestWriter out) {
        out.putInt(Tag.DOUBLES, array.length);
        int step = CHUNK_BYTES / Double.BYTES;
        for (int from = 0; from < array.length; from += step) {
            int count = Math.min(step, array.length - from);
            if (mayHaveNaN(array, from, from + count)) {
                for (int i = from; i < from + count; i++) {
                    out.putLong(Double.doubleToLongBits(array[i]));
                }
            } else {
                out.room(count * Double.BYTES).asDoubleBuffer().put(array, from, count);
                out.advance(count * Double.BYTES);
            }
        }
    }

    /** Adds numbers up, which is faster than asking each: NaN stays NaN. Infinities may raise a false alarm. */
    private static boolean mayHaveNaN(float[] array, int from, int end) {
        int i = from;
        for (; i <= end - 8; i += 8) {
            float low = (array[i] + array[i + 1]) + (array[i + 2] + array[i + 3]);
            float high = (array[i + 4] + array[i + 5]) + (array[i + 6] + array[i + 7]);
            if (Float.isNaN(low + high)) {
                return true;
            }
        }
        for (; i < end; i++) {
            if (Float.isNaN(array[i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayHaveNaN(double[] array, int from, int end) {
        int i = from;
        for (; i <= end - 8; i += 8) {
            double low = (array[i] + array[i + 1]) + (array[i + 2] + array[i + 3]);
            double high = (array[i + 4] + array[i + 5]) + (array[i + 6] + array[i + 7]);
            if (Double.isNaN(low + high)) {
                return true;
            }
        }
        for (; i < end; i++) {
            if (Double.isNaN(array[i])) {
                return true;
            }
        }
        return false;
    }
}
