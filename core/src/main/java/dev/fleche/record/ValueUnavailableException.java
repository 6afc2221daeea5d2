package dev.fleche.record;

import dev.fleche.digest.Digest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown when an argument or the result of a recorded call is asked for and cannot be loaded. */
public final class ValueUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String key;
    private final @Nullable String argument;
    private final Lookup.Reason reason;

    ValueUnavailableException(
            CallRecord record,
            @Nullable String argument,
            Lookup.Reason reason,
            String detail,
            @Nullable Throwable cause) {
        super(message(record, argument, reason, detail), cause);
        this.key = record.key().toString();
        this.argument = argument;
        this.reason = reason;
    }

    /** Returns the key of the call. */
    public Digest key() {
        return Digest.parse(key);
    }

    /** Returns the name of the argument; empty if the result was asked for. */
    public Optional<String> argument() {
        return Optional.ofNullable(argument);
    }

    /** Returns the kind of reason; {@code ABSENT} if the value was never stored. */
    public Lookup.Reason reason() {
        return reason;
    }

    private static String message(CallRecord record, @Nullable String argument, Lookup.Reason reason, String detail) {
        String what = argument == null ? "result" : "argument " + argument;
        return "expected the " + what + " of " + record.function() + ", key "
                + record.key().prefix(12) + ", found " + describe(reason, argument)
                + (detail.isEmpty() ? "" : ": " + detail);
    }

    private static String describe(Lookup.Reason reason, @Nullable String argument) {
        String remedy = argument == null ? "call the function again" : "rerun the call";
        return switch (reason) {
            case ABSENT -> "only its digest; it was too large to be stored, or cannot be encoded";
            case VALUE_LOST -> "that its value is gone from the storage; to have it again, " + remedy;
            case DAMAGED -> "that its value is damaged in the storage; to have it again, " + remedy;
            case UNDECODABLE -> "a value that cannot be decoded here";
            case UNAVAILABLE -> "that the storage does not answer; try again later";
        };
    }
}
