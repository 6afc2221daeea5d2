package dev.fleche.storage;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What it takes to open a cache: the name of a type and its options.
 *
 * <p>This is how a cache travels to another process. So that no secret travels with it, an option that holds one says
 * where the secret is, and each process looks there for itself: {@code env:NAME} names an environment variable,
 * {@code property:NAME} a system property, {@code file:PATH} a file by its absolute path, whose text counts without a
 * line end at its end. Options whose names end in <i>password</i>, <i>passphrase</i>, <i>secret</i>, <i>token</i> or
 * <i>credentials</i>, in upper or lower case, take nothing else. A secret is never part of a configuration, nor of its
 * text.
 *
 * <p>Every type takes the option {@value #READ_ONLY}: {@code true} opens a view that finds and never stores.
 *
 * <p>Immutable.
 *
 * @param type the type name, such as {@code files} or {@code memory}
 * @param options the options by name, in the order of their names
 */
public record CacheConfig(String type, Map<String, String> options) implements Serializable {

    /** The name of the option that says what a persistent store survives: {@code fast} or {@code durable}. */
    public static final String DURABILITY = "durability";

    /** The name of the option that opens a read-only view. */
    public static final String READ_ONLY = "readOnly";

    /**
     * Creates a configuration.
     *
     * @throws IllegalArgumentException if an option for a secret holds anything but a reference to it
     */
    public CacheConfig {
        Objects.requireNonNull(type, "type");
        Map<String, String> copy = new TreeMap<>();
        options.forEach((name, value) -> {
            Objects.requireNonNull(name, "name of an option");
            Objects.requireNonNull(value, name);
            if (SecretReference.isSecret(name)) {
                SecretReference.parse(name, value);
            }
            copy.put(name, value);
        });
        options = Collections.unmodifiableMap(copy);
    }

    /** Returns a configuration without options. */
    public static CacheConfig of(String type) {
        return new CacheConfig(type, Map.of());
    }

    /**
     * Returns this configuration with one more option.
     *
     * @throws IllegalArgumentException if the option is for a secret, and {@code value} is no reference to it
     */
    public CacheConfig with(String name, String value) {
        Map<String, String> all = new TreeMap<>(options);
        all.put(name, value);
        return new CacheConfig(type, all);
    }

    /** Returns this configuration without an option; itself if it has none of that name. */
    public CacheConfig without(String name) {
        if (!options.containsKey(name)) {
            return this;
        }
        Map<String, String> others = new TreeMap<>(options);
        others.remove(name);
        return new CacheConfig(type, others);
    }

    /**
     * Returns whether a view is asked for that finds and never stores.
     *
     * @throws IllegalArgumentException if the option is neither {@code true} nor {@code false}
     */
    public boolean isReadOnly() {
        String value = options.getOrDefault(READ_ONLY, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(
                    "expected true or false as option " + READ_ONLY + " of type " + type + ", found \"" + value + "\"");
        }
        return value.equals("true");
    }

    /** Returns whether no other process can open the same cache: it is in the memory of one. */
    public boolean isLocal() {
        return type.equals(MemoryStorages.TYPE);
    }

    /**
     * Returns the secret that an option refers to, as it is at this moment; empty without that option.
     *
     * <p>To be called when the secret is used, and not to be kept. Reads a small file if the reference names one.
     *
     * @throws IllegalArgumentException if the option holds anything but a reference; what it holds is not shown
     * @throws StorageException if there is no such variable, property or file in this process
     */
    public Optional<String> secret(String name) {
        String value = options.get(Objects.requireNonNull(name, "name"));
        return value == null
                ? Optional.empty()
                : Optional.of(SecretReference.parse(name, value).resolve(name));
    }

    /**
     * Fails if there is an option that is not in {@code known}.
     *
     * @throws IllegalArgumentException if so; the option's value is not shown, since it may be a secret
     */
    public void requireKnownOptions(Set<String> known) {
        for (String name : options.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("option " + name + " is unknown to storages of type " + type + "; "
                        + (known.isEmpty() ? "they take none" : "known: " + String.join(", ", new TreeSet<>(known))));
            }
        }
    }
}
