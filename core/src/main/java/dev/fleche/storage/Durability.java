package dev.fleche.storage;

import java.util.Arrays;
import java.util.Locale;

/** What a store survives; the option {@value CacheConfig#DURABILITY} of storages that outlive the process. */
public enum Durability {

    /**
     * What was stored survives the end of the process, however it ends; the default.
     *
     * <p>After a power failure or a crash of the operating system, what was stored in the last seconds may be lost, or
     * damaged and then a miss. It is never a wrong result.
     */
    FAST,

    /**
     * What was stored survives a power failure and a crash of the operating system too, once the call that stored it
     * has returned, as far as the disk keeps what it says it has written.
     *
     * <p>Costs a few writes to the disk for each result, often some milliseconds. All processes that share a store are
     * better durable then: what a fast one stores is as lasting as that. Files: each is written to the disk before it
     * gets its name, and the name after it. Windows and some network file systems do not write the names in a directory
     * to the disk on request; there a name may be lost that the system had not written by itself, and the call is a
     * miss.
     */
    DURABLE;

    /**
     * Returns the durability that a configuration asks for; {@link #FAST} if it asks for none.
     *
     * @throws IllegalArgumentException if the option is neither {@code fast} nor {@code durable}
     */
    public static Durability of(CacheConfig config) {
        String text = config.options().getOrDefault(CacheConfig.DURABILITY, FAST.toString());
        return Arrays.stream(values())
                .filter(durability -> durability.toString().equals(text))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("expected fast or durable as option "
                        + CacheConfig.DURABILITY + " of type " + config.type() + ", found \"" + text + "\""));
    }

    /** Returns the option's value: {@code fast} or {@code durable}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
