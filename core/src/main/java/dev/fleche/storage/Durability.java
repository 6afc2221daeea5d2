package dev.fleche.storage;

import java.util.Arrays;
import java.util.Locale;

/** What a store survives; the option {@value CacheConfig#DURABILITY} of storages that outlive the process. */
public enum Durability {

    /**
     * What was stored survives the end of the process, however it ends; the default.
     *
     * <p>After a power failure or a crash of the operating system, what was stored last may be lost, or damaged and
     * then a miss.
     */
    FAST,

    /** What was stored survives a power failure, as far as the disk keeps what it says it has written. */
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
