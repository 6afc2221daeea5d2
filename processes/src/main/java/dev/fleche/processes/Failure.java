package dev.fleche.processes;

import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a task threw, on its way: first a stand-in that always arrives, then the throwable itself if it can be sent. */
final class Failure {

    private Failure() {}

    static Payload encode(Throwable thrown, TaskCodec codec) {
        Payload original = null;
        String why = "";
        try {
            original = codec.encode(thrown);
        } catch (Throwable e) { // code of the user, which may fail in any way
            why = e instanceof ObjectStreamException ? String.valueOf(messageOf(e)) : "it could not be serialized";
        }
        Payload standIn;
        try {
            standIn = codec.encode(standIn(thrown, why));
        } catch (ObjectStreamException e) {
            throw new IllegalStateException("an exception of strings could not be serialized", e);
        }
        return original == null ? standIn : original.after(standIn.part(0));
    }

    private static RemoteTaskException standIn(Throwable thrown, String why) {
        String name = thrown.getClass().getName();
        String text = messageOf(thrown);
        return new RemoteTaskException(
                name,
                name + (text == null ? "" : ": " + text) + (why.isEmpty() ? "" : " (" + why + ")"),
                traceOf(thrown));
    }

    private static @Nullable String messageOf(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (Throwable e) { // code of the user too
            return null;
        }
    }

    private static StackTraceElement[] traceOf(Throwable thrown) {
        StackTraceElement @Nullable [] trace = null;
        try {
            trace = thrown.getStackTrace();
        } catch (Throwable e) { // code of the user too
        }
        return trace != null && isWhole(trace) ? trace : new StackTraceElement[0];
    }

    private static boolean isWhole(StackTraceElement[] trace) {
        return !Arrays.asList(trace).contains(null);
    }

    static Throwable decode(Payload payload, TaskCodec codec) {
        if (payload.count() > 1) {
            try {
                return throwable(payload.from(1), codec);
            } catch (ObjectStreamException e) {
                return standIn(payload, codec);
            }
        }
        return standIn(payload, codec);
    }

    private static Throwable throwable(Payload payload, TaskCodec codec) throws ObjectStreamException {
        if (codec.decode(payload) instanceof Throwable thrown) {
            return thrown;
        }
        throw new InvalidObjectException("what came in place of a throwable is none");
    }

    private static Throwable standIn(Payload payload, TaskCodec codec) {
        try {
            return throwable(new Payload(payload.part(0)), codec);
        } catch (ObjectStreamException e) {
            return e;
        }
    }
}
