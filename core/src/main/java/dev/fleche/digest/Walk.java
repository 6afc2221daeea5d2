package dev.fleche.digest;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One computation of a digest: walks through a value and writes its encoding.
 *
 * <p>Used again and again, but given up after a failure. Not thread-safe; confined to one computation at a time.
 */
final class Walk {

    /** Up to this length a string is certain to stand in its parent: a tag, a length and the units. */
    private static final int SHORT_STRING = (DigestWriter.MAX_INLINE - 5) / 2;

    private static final int NO_ARGUMENT = -1;

    final DigestWriter out = new DigestWriter();
    private final Trail trail = new Trail();

    /** The digests of the long children met so far: each is walked through once. */
    private IdentityHashMap<Object, Digest> met = new IdentityHashMap<>();

    private Encoders encoders;
    private List<String> names = List.of();
    private int argument = NO_ARGUMENT;
    private @Nullable UndigestibleException failure;

    Walk(Encoders encoders) {
        this.encoders = encoders;
    }

    /** Makes the walk ready for a computation; the names are those of the arguments, for messages. */
    void begin(Encoders encoders, List<String> names) {
        this.encoders = encoders;
        this.names = names;
        argument = NO_ARGUMENT;
    }

    /** Says that the argument at {@code index} comes next. */
    void argument(int index) {
        argument = index;
    }

    /** Forgets the values of the computation. */
    void end() {
        if (!met.isEmpty()) {
            // a cleared map would keep the size of the largest value
            met = new IdentityHashMap<>();
        }
        names = List.of();
    }

    /** Writes the value that the whole digest is made of. */
    void root(@Nullable Object value) {
        if (value == null || value instanceof String) {
            leaf(value);
            return;
        }
        ValueEncoder<Object> encoder = encoderOf(value);
        trail.push(value, encoder);
        encoder.encode(value, this);
        trail.pop();
    }

    private void leaf(@Nullable Object value) {
        if (value == null) {
            out.putByte(Tag.NULL);
        } else {
            out.putByte(Tag.STRING);
            out.putString((String) value);
        }
    }

    /** Writes a value that stands in another; returns its digest if it is long, and null otherwise. */
    @Nullable
    Digest child(@Nullable Object value) {
        if (value == null) {
            out.putByte(Tag.NULL);
            return null;
        }
        Class<?> type = value.getClass();
        if (type == Integer.class) {
            out.putInt(Tag.INT, (Integer) value);
            return null;
        }
        if (type == Double.class) {
            out.putLong(Tag.DOUBLE, Double.doubleToLongBits((Double) value));
            return null;
        }
        if (type == Long.class) {
            out.putLong(Tag.LONG, (Long) value);
            return null;
        }
        if (type == String.class) {
            return string((String) value);
        }
        return other(value);
    }

    /** Writes a string like any other child. */
    private @Nullable Digest string(String value) {
        if (value.length() <= SHORT_STRING) {
            leaf(value);
            return null;
        }
        Digest known = met.get(value);
        if (known != null) {
            out.putReference(known);
            return known;
        }
        out.open();
        leaf(value);
        return closed(value);
    }

    private @Nullable Digest other(Object value) {
        ValueEncoder<Object> encoder = encoderOf(value);
        if (encoder.isShort()) {
            encoder.encode(value, this);
            return null;
        }
        if (!met.isEmpty()) {
            Digest known = met.get(value);
            if (known != null) {
                out.putReference(known);
                return known;
            }
        }
        if (trail.isCycle(value)) {
            throw cycle(trail.cycle(value));
        }
        if (trail.isFull()) {
            throw fail(
                    " is nested more than " + Trail.MAX_DEPTH + " levels deep; pass a flatter value, such as a list");
        }
        trail.push(value, encoder);
        out.open();
        encoder.encode(value, this);
        Digest digest = closed(value);
        trail.pop();
        return digest;
    }

    private @Nullable Digest closed(Object value) {
        Digest digest = out.close();
        if (digest != null) {
            met.put(value, digest);
        }
        return digest;
    }

    /** Says that the child at {@code position} of the value being encoded comes next, and writes it. */
    void child(int position, @Nullable Object value) {
        trail.at(position);
        child(value);
    }

    /** Says that the child at {@code position} of the value being encoded, which {@code note} names, comes next. */
    void child(int position, @Nullable Object note, @Nullable Object value) {
        trail.at(position, note);
        child(value);
    }

    /** Says that the child at {@code position} of the value being encoded comes next. */
    void at(int position) {
        trail.at(position);
    }

    @SuppressWarnings("unchecked") // the encoder was found for the value's class
    private ValueEncoder<Object> encoderOf(Object value) {
        return (ValueEncoder<Object>) encoders.of(value.getClass());
    }

    private UndigestibleException cycle(Map.Entry<String, Object> cycle) {
        return failed(new UndigestibleException(place(cycle.getKey()) + " is a "
                + cycle.getValue().getClass().getName() + " that contains itself; pass a value without cycles"));
    }

    /** Returns the exception that says that the value at this place is what {@code complaint} says. */
    UndigestibleException fail(String complaint) {
        return failed(new UndigestibleException(place() + complaint));
    }

    /** Returns the exception that says that the value at this place is what {@code complaint} says. */
    UndigestibleException fail(String complaint, Throwable cause) {
        return failed(new UndigestibleException(place() + complaint, cause));
    }

    /** Returns {@code thrown} if it tells the place already, and otherwise an exception that does. */
    UndigestibleException failure(Throwable thrown) {
        if (thrown == failure) {
            return (UndigestibleException) thrown;
        }
        if (thrown instanceof StackOverflowError) {
            return fail(" is nested too deeply for the stack of this thread; pass a flatter value", thrown);
        }
        return fail(" could not be digested: " + describe(thrown), thrown);
    }

    private static String describe(Throwable thrown) {
        if (thrown instanceof UndigestibleException || thrown instanceof InaccessibleTypeException) {
            return String.valueOf(thrown.getMessage());
        }
        return thrown.toString();
    }

    private UndigestibleException failed(UndigestibleException exception) {
        failure = exception;
        return exception;
    }

    /** Returns what a value that has no content should become. */
    String remedy() {
        Object parent = trail.parent();
        if (parent != null && parent.getClass().isRecord()) {
            return "mark the component @Ignored or register a DigestRule for it";
        }
        return argument == NO_ARGUMENT
                ? "make it a record, let it implement Digestible or register a DigestRule for it"
                : "mark the parameter @Ignored or register a DigestRule for it";
    }

    private String place() {
        return place(trail.path());
    }

    private String place(String path) {
        if (argument == NO_ARGUMENT) {
            return "value" + path;
        }
        String name = argument < names.size() ? " (" + names.get(argument) + ")" : "";
        return "argument " + (argument + 1) + name + path;
    }
}
