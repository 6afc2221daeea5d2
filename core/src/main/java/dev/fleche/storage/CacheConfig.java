package dev.fleche.storage;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What it takes to open a cache: the name of a type and its options.
 *
 * <p>Immutable.
 *
 * @param type the type name, such as {@code files} or {@code memory}
 * @param options the options by name, in the order of their names
 */
public record CacheConfig(String type, Map<String, String> options) {

    /** Creates a configuration. */
    public CacheConfig {
        Objects.requireNonNull(type, "type");
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    /** Returns a configuration without options. */
    public static CacheConfig of(String type) {
        return new CacheConfig(type, Map.of());
    }

    /** Returns this configuration with one more option. */
    public CacheConfig with(String name, String value) {
        Map<String, String> all = new TreeMap<>(options);
        all.put(name, value);
        return new CacheConfig(type, all);
    }

    /** Fails if there is an option that is not in {@code known}. */
    void requireKnownOptions(Set<String> known) {
        options.forEach((name, value) -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("option " + name + "=" + value + " is unknown to storages of type "
                        + type + "; "
                        + (known.isEmpty() ? "they take none" : "known: " + String.join(", ", new TreeSet<>(known))));
            }
        });
    }
}
