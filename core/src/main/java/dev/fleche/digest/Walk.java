package dev.fleche.digest;

import java.lang.reflect.Executable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** The long children met so far: each is walked through once. */
    private IdentityHashMap<Object, Known> known = new IdentityHashMap<>();

    private final Meeting all = new Meeting(null, 0);
    private Meeting meeting = all;
    private @Nullable MetCode functionMet;
    private int counted;

    private Encoders encoders;
    private List<String> names = List.of();
    private int argument = NO_ARGUMENT;
    private @Nullable UndigestibleException failure;

    /**
     * A long child.
     *
     * @param digest its digest
     * @param number how many there were before
     * @param met what was met in it; null if it is not known
     */
    private record Known(
            Digest digest, int number, @Nullable MetCode met) {}

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
        if (!known.isEmpty()) {
            // a cleared map would keep the size of the largest value
            known = new IdentityHashMap<>();
            counted = 0;
        }
        all.clear();
        functionMet = null;
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
        Known before = known.get(value);
        if (before != null) {
            out.putReference(before.digest);
            return before.digest;
        }
        out.open();
        leaf(value);
        return closed(value, MetCode.NONE);
    }

    private @Nullable Digest other(Object value) {
        ValueEncoder<Object> encoder = encoderOf(value);
        if (encoder.isShort()) {
            encoder.encode(value, this);
            return null;
        }
        Known before = known.isEmpty() ? null : known.get(value);
        if (before != null && isMet(before)) {
            out.putReference(before.digest);
            return before.digest;
        }
        if (trail.isCycle(value)) {
            throw cycle(trail.cycle(value));
        }
        if (trail.isFull()) {
            throw fail(
                    " is nested more than " + Trail.MAX_DEPTH + " levels deep; pass a flatter value, such as a list");
        }
        trail.push(value, encoder);
        if (before != null) {
            // met before the function that captured it: its classes are to be noted for the function's code too,
            // and for that of all others that captured it
            meeting = new Meeting(meeting, counted);
        }
        out.open();
        encoder.encode(value, this);
        MetCode met = encoder instanceof FunctionEncoder ? functionMet : null;
        Digest digest = closed(value, before == null ? met : endMeeting());
        trail.pop();
        return digest;
    }

    /** Notes what was met in a long child before; returns false if it must be walked through for that. */
    private boolean isMet(Known before) {
        if (before.met != null) {
            meeting.add(before.met);
            return true;
        }
        return before.number >= meeting.since;
    }

    private MetCode endMeeting() {
        Meeting ended = meeting;
        meeting = Objects.requireNonNull(ended.outer);
        meeting.add(ended.met());
        return ended.met();
    }

    private @Nullable Digest closed(Object value, @Nullable MetCode met) {
        Digest digest = out.close();
        if (digest != null) {
            known.put(value, new Known(digest, counted++, met));
        }
        return digest;
    }

    /** Notes the class of an object of the user's, whose code the function may reach. */
    void meet(Class<?> type) {
        meeting.add(type);
    }

    /** Says that what a function captured comes next. */
    void beginCaptured() {
        meeting = new Meeting(meeting, counted);
    }

    /** Returns what was met among what the function captured. */
    MetCode captured() {
        return meeting.met();
    }

    /** Says that what the function captured is complete; {@code root} is the method behind it, if that counts. */
    void endCaptured(@Nullable Executable root) {
        if (root != null) {
            meeting.add(root);
        }
        functionMet = endMeeting();
    }

    /** Returns what was met in all values so far. */
    MetCode met() {
        return all.met();
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
