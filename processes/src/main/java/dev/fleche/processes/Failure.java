package dev.fleche.processes;

import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import org.jspecify.annotations.Nullable;

/** What a task threw, on its way: first a stand-in that always arrives, then the throwable itself if it can be sent. */
final class Failure {

    private Failure() {}

    static Payload encode(Throwable thrown, TaskCodec codec) {
        Payload original = null;
        String why = "";
        try {
            original = codec.encode(thrown);
        } catch (ObjectStreamException | RuntimeException | StackOverflowError | LinkageError e) {
            why = String.valueOf(e.getMessage());
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
                thrown.getStackTrace());
    }

    private static @Nullable String messageOf(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return null; // code of the user, which may fail itself
        }
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
