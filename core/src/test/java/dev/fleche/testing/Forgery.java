package dev.fleche.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** Changes to serialised bytes that no honest writer makes. */
public final class Forgery {

    private Forgery() {}

    /** Returns {@code stream} with the class name {@code from} replaced, wherever it stands as a text of its own. */
    public static byte[] renamed(byte[] stream, String from, String to) throws IOException {
        byte[] old = utf(from);
        byte[] wanted = utf(to);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int found = 0;
        for (int i = 0; i < stream.length; ) {
            if (startsWith(stream, i, old)) {
                out.write(wanted);
                i += old.length;
                found++;
            } else {
                out.write(stream[i++]);
            }
        }
        if (found == 0) {
            throw new AssertionError("the stream does not name " + from);
        }
        return out.toByteArray();
    }

    /** Returns {@code stream} with the only occurrence of the four bytes of {@code from} replaced. */
    public static byte[] replaced(byte[] stream, int from, int to) throws IOException {
        byte[] old = bytes(from);
        byte[] changed = stream.clone();
        int found = 0;
        for (int i = 0; i < stream.length - 3; i++) {
            if (startsWith(stream, i, old)) {
                System.arraycopy(bytes(to), 0, changed, i, 4);
                found++;
            }
        }
        if (found != 1) {
            throw new AssertionError("the stream holds the number " + from + " " + found + " times");
        }
        return changed;
    }

    private static boolean startsWith(byte[] stream, int offset, byte[] part) {
        return offset + part.length <= stream.length
                && Arrays.equals(stream, offset, offset + part.length, part, 0, part.length);
    }

    private static byte[] utf(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(text);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(int number) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(number);
        }
        return bytes.toByteArray();
    }
}
