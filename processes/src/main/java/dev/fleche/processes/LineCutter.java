package dev.fleche.processes;

import java.util.Arrays;

/** Bytes that arrive in any pieces, cut into lines. Not thread-safe. */
final class LineCutter {

    private final Target target;
    private final byte[] line;
    private int length;

    /** Makes one whose lines have {@code maxBytes} at most; longer ones are cut. */
    LineCutter(int maxBytes, Target target) {
        this.target = target;
        this.line = new byte[maxBytes];
    }

    /** What takes the lines; the array is only lent. */
    @FunctionalInterface
    interface Target {
        void accept(byte[] line, int length);
    }

    void write(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            write(bytes[i]);
        }
    }

    void write(byte b) {
        if (b == '\n') {
            boolean carriage = length > 0 && line[length - 1] == '\r';
            send(carriage ? length - 1 : length);
            return;
        }
        if (length == line.length) {
            int whole = wholeCharacters();
            byte[] rest = Arrays.copyOfRange(line, whole, length);
            send(whole);
            System.arraycopy(rest, 0, line, 0, rest.length);
            length = rest.length;
        }
        line[length++] = b;
    }

    /** Returns how much of the line there is before the UTF-8 character that may be incomplete. */
    private int wholeCharacters() {
        int start = length - 1;
        while (start > length - 4 && (line[start] & 0xC0) == 0x80) {
            start--;
        }
        return (line[start] & 0xC0) == 0xC0 ? start : length;
    }

    /** Sends what has no end yet, if there is something. */
    void end() {
        if (length > 0) {
            send(length);
        }
    }

    private void send(int count) {
        length = 0;
        target.accept(line, count);
    }
}
