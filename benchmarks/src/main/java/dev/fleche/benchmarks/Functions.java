package dev.fleche.benchmarks;

import org.openjdk.jmh.annotations.CompilerControl;

/**
 * The functions that the benchmarks memoise.
 *
 * <p>They do next to nothing, so that what is measured is Fleche. They are not inlined: a function worth memoising is
 * too large for it, and an inlined one would be merged with the loop that measures it.
 */
final class Functions {

    /** An argument of several components. */
    record Mesh(String name, int cells, double width) {}

    private Functions() {}

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static int mix(int a, int b) {
        return (a * 31 + b) ^ (a >>> 7);
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static int add(int a, int b) {
        return a + b;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static int multiply(int a, int b) {
        return a * b;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static int subtract(int a, int b) {
        return a - b;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static double relax(int a, int b) {
        return a * 0.5 + b;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static double energy(Mesh mesh) {
        return mesh.cells() * mesh.width();
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static double[] profile(int a, int b) {
        double[] profile = new double[10];
        for (int i = 0; i < profile.length; i++) {
            profile[i] = a + i * 0.1 * b;
        }
        return profile;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static byte[] invert(byte[] bytes) {
        byte[] inverted = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            inverted[i] = (byte) ~bytes[i];
        }
        return inverted;
    }
}
