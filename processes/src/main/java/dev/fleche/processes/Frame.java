package dev.fleche.processes;

/**
 * A message between the pool's process and a worker.
 *
 * <p>On the wire: kind (1 byte), number of parts (4), task (8), length of each part (4 each), parts; big-endian.
 */
final class Frame {

    // to the worker
    static final byte SETUP = 1;
    static final byte TASK = 2;
    static final byte CANCEL = 3;
    static final byte FINISH = 4;
    static final byte RECALL = 5;
    static final byte MARK = 6;

    // from the worker
    static final byte READY = 16;
    static final byte RESULT = 17;
    static final byte FAILURE = 18;
    static final byte DROPPED = 19;
    static final byte OUTPUT = 20;
    static final byte ERROR_OUTPUT = 21;
    static final byte UNUSABLE = 22;
    static final byte BYE = 23;

    static final int HEAD_BYTES = 13;
    static final long NO_TASK = -1;

    private static final Payload LOST = new Payload(new byte[0][]);

    private final byte kind;
    private final long task;
    private final Payload payload;

    Frame(byte kind, long task, Payload payload) {
        this.kind = kind;
        this.task = task;
        this.payload = payload;
    }

    /** Returns a frame for whose payload there was no memory. */
    static Frame lost(byte kind, long task) {
        return new Frame(kind, task, LOST);
    }

    boolean isLost() {
        return payload == LOST;
    }

    byte kind() {
        return kind;
    }

    long task() {
        return task;
    }

    Payload payload() {
        return payload;
    }
}
