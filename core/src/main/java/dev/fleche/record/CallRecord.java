package dev.fleche.record;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is remembered of a call. Immutable.
 *
 * @param key the key of the call
 * @param function the function's id
 * @param version the version from the function's options
 * @param codeDigest the digest of the function's code for which the result stands: at the time of the call, or when the
 *     result was adopted
 * @param computedBy the digest of the code that computed the result, if another code has adopted it since
 * @param arguments the arguments that took part in the key, in the order of the parameters, a receiver first
 * @param result where the result is; never {@code NotStored}
 * @param resultDigest the digest of the result, if it has one
 * @param start when the body started
 * @param stop when the body returned
 * @param wallTime how long the body ran, by a monotonic clock
 * @param tags the tags of the scope in which the call was made
 * @param javaVersion the version of the Java runtime that ran the body
 * @param unknownFields fields that a later version of the format wrote and this one keeps as they are
 */
public record CallRecord(
        Digest key,
        FunctionId function,
        Optional<String> version,
        Optional<Digest> codeDigest,
        Optional<Digest> computedBy,
        List<RecordedArgument> arguments,
        StoredValue result,
        Optional<Digest> resultDigest,
        Instant start,
        Instant stop,
        Duration wallTime,
        Map<String, String> tags,
        String javaVersion,
        List<UnknownField> unknownFields) {

    /** A field that this version of the format does not know. Immutable. */
    public static final class UnknownField {

        private final int tag;
        private final byte[] content;

        UnknownField(int tag, byte[] content) {
            this.tag = tag;
            this.content = content;
        }

        /** Returns the field's tag. */
        public int tag() {
            return tag;
        }

        /** Returns the field's bytes, in a new array. */
        public byte[] content() {
            return content.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof UnknownField that && tag == that.tag && Arrays.equals(content, that.content);
        }

        @Override
        public int hashCode() {
            return 31 * tag + Arrays.hashCode(content);
        }
    }

    /** Creates a record. */
    public CallRecord {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(codeDigest, "codeDigest");
        Objects.requireNonNull(computedBy, "computedBy");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(resultDigest, "resultDigest");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(stop, "stop");
        Objects.requireNonNull(wallTime, "wallTime");
        Objects.requireNonNull(javaVersion, "javaVersion");
        arguments = List.copyOf(arguments);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        unknownFields = List.copyOf(unknownFields);
        if (result instanceof StoredValue.NotStored) {
            throw new IllegalArgumentException("the record of " + function + " has no stored result");
        }
    }

    /** Creates the record of a result that no other code has adopted. */
    public CallRecord(
            Digest key,
            FunctionId function,
            Optional<String> version,
            Optional<Digest> codeDigest,
            List<RecordedArgument> arguments,
            StoredValue result,
            Optional<Digest> resultDigest,
            Instant start,
            Instant stop,
            Duration wallTime,
            Map<String, String> tags,
            String javaVersion,
            List<UnknownField> unknownFields) {
        this(
                key,
                function,
                version,
                codeDigest,
                Optional.empty(),
                arguments,
                result,
                resultDigest,
                start,
                stop,
                wallTime,
                tags,
                javaVersion,
                unknownFields);
    }

    /**
     * Returns the same record for the function under another id.
     *
     * @param newKey the key of the call under that id
     * @param newFunction that id
     */
    public CallRecord renamed(Digest newKey, FunctionId newFunction) {
        return new CallRecord(
                newKey,
                newFunction,
                version,
                codeDigest,
                computedBy,
                arguments,
                result,
                resultDigest,
                start,
                stop,
                wallTime,
                tags,
                javaVersion,
                unknownFields);
    }

    /**
     * Returns the same record for another code of the function: what it computed would be the same.
     *
     * @param newKey the key of the call under that code
     * @param newCode the digest of that code
     */
    public CallRecord adopted(Digest newKey, Digest newCode) {
        return new CallRecord(
                newKey,
                function,
                version,
                Optional.of(newCode),
                computedBy.or(() -> codeDigest).filter(code -> !code.equals(newCode)),
                arguments,
                result,
                resultDigest,
                start,
                stop,
                wallTime,
                tags,
                javaVersion,
                unknownFields);
    }

    /**
     * Returns the same record without the values of arguments at some addresses: they are known by their digests alone.
     *
     * @param gone the addresses at which nothing usable is
     */
    public CallRecord withoutArgumentsAt(Set<Address> gone) {
        List<RecordedArgument> left = arguments.stream()
                .map(argument ->
                        argument.value() instanceof StoredValue.Separate separate && gone.contains(separate.address())
                                ? new RecordedArgument(argument.name(), argument.digest(), new StoredValue.NotStored())
                                : argument)
                .toList();
        return new CallRecord(
                key,
                function,
                version,
                codeDigest,
                computedBy,
                left,
                result,
                resultDigest,
                start,
                stop,
                wallTime,
                tags,
                javaVersion,
                unknownFields);
    }

    /**
     * Returns the addresses in the value storage that this record needs.
     *
     * <p>The code digest is the address of one more value, the list of the code's parts: worth keeping as long as a
     * record names it, but it may be missing.
     */
    public Set<Address> addresses() {
        Set<Address> addresses = new LinkedHashSet<>();
        for (RecordedArgument argument : arguments) {
            if (argument.value() instanceof StoredValue.Separate separate) {
                addresses.add(separate.address());
            }
        }
        if (result instanceof StoredValue.Separate separate) {
            addresses.add(separate.address());
        }
        return addresses;
    }
}
