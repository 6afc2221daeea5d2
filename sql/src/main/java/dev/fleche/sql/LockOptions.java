package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.KeyLocks;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;

/**
 * How processes that share a store on a server agree who computes, as a configuration says it.
 *
 * @param mode one of {@code session}, {@code lease} and {@code none}
 * @param lease after which time a lease runs out that is not renewed
 */
record LockOptions(String mode, Duration lease) {

    /** The option that says how keys are locked. */
    static final String LOCKS = "locks";

    /** The option that says after how many seconds a lease runs out that is not renewed. */
    static final String LEASE_SECONDS = "leaseSeconds";

    /** By locks of a connection's session, which go with it. */
    static final String SESSION = "session";

    /** By rows of a table that run out, for servers behind connection poolers. */
    static final String LEASE = "lease";

    /** Not at all: several processes may compute the same at a time. */
    static final String NONE = "none";

    private static final String DEFAULT_SECONDS = "30";
    private static final int MAX_SECONDS = 3600;

    /**
     * Returns what a configuration says.
     *
     * @throws IllegalArgumentException if one of the options is out of range
     */
    static LockOptions of(CacheConfig config) {
        String mode = config.options().getOrDefault(LOCKS, SESSION);
        if (!Set.of(SESSION, LEASE, NONE).contains(mode)) {
            throw new IllegalArgumentException("expected session, lease or none as option " + LOCKS + " of type "
                    + config.type() + ", found \"" + mode + "\"");
        }
        return new LockOptions(mode, Duration.ofSeconds(secondsOf(config)));
    }

    private static int secondsOf(CacheConfig config) {
        String text = config.options().getOrDefault(LEASE_SECONDS, DEFAULT_SECONDS);
        if (text.matches("[1-9]\\d{0,3}")) {
            int seconds = Integer.parseInt(text);
            if (seconds <= MAX_SECONDS) {
                return seconds;
            }
        }
        throw new IllegalArgumentException("expected a number of seconds from 1 to " + MAX_SECONDS + " as option "
                + LEASE_SECONDS + " of type " + config.type() + ", found \"" + text + "\"");
    }

    /**
     * Opens the locks of a store; connects when the first is taken.
     *
     * @param source makes connections to it
     */
    KeyLocks open(ServerConfig config, DataSource source) {
        String user = config.config().options().getOrDefault(ServerConfig.USER, "");
        String store = String.join(" ", config.url(), user, mode, LEASE.equals(mode) ? lease.toString() : "");
        Dialect dialect = config.dialect();
        return switch (mode) {
            case NONE -> KeyLocks.none();
            case LEASE -> open(store, config, source, new LeaseLocking(dialect, lease));
            default -> open(store, config, source, new AdvisoryLocking(dialect));
        };
    }

    private static KeyLocks open(String store, ServerConfig config, DataSource source, ServerLocking locking) {
        return ServerLocks.open(
                store, config.place(), () -> new JvmLocks(config.place(), config.dialect(), source, locking));
    }
}
