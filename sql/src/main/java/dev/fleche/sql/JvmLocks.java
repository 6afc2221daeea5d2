package dev.fleche.sql;

import dev.fleche.digest.Digest;
import dev.fleche.storage.KeyLock;
import dev.fleche.storage.StorageException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The locks that this JVM holds on keys of one store on a server. Safe for use by several threads.
 */
final class JvmLocks {

    /* One thread speaks with the server.
     *
     * A virtual thread that is interrupted while it reads closes its socket, and with the connection every lock would
     * be gone. So the threads that ask for locks wait for a daemon thread to ask for them; that also keeps requests
     * apart, and holds all that follows without further locks. It ends when it has had nothing to do for a second, and
     * begins again when locks that are held need to be renewed.
     *
     * When the connection is lost, the server has given up its locks, or will. What is held is taken once more over the
     * next connection; what another process has got meanwhile is lost, which KeyLocks allows. */

    private final String place;
    private final ServerLocking locking;
    private final LockConnection connection;
    private final ScheduledThreadPoolExecutor thread;
    private final Map<Digest, Hold> holds = new HashMap<>();
    private @Nullable ScheduledFuture<?> renewal;
    private boolean closed;

    /** A lock that this JVM holds, for as many as it was granted to. */
    private static final class Hold {
        final long token;
        int grants = 1;

        Hold(long token) {
            this.token = token;
        }
    }

    /**
     * Creates the locks of a store.
     *
     * @param place what messages call the store
     */
    JvmLocks(String place, Dialect dialect, DataSource source, ServerLocking locking) {
        this.place = place;
        this.locking = locking;
        connection = new LockConnection(dialect, source, this::prepare);
        thread = new ScheduledThreadPoolExecutor(1, JvmLocks::newThread);
        thread.setKeepAliveTime(1, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setRemoveOnCancelPolicy(true);
    }

    private static Thread newThread(Runnable task) {
        Thread made = new Thread(null, task, "fleche server locks", 0, false);
        made.setDaemon(true);
        made.setContextClassLoader(null);
        return made;
    }

    /**
     * Takes the lock on {@code key} unless another process holds it.
     *
     * @throws StorageException if the server cannot be asked
     */
    Optional<KeyLock> tryLock(Digest key) {
        return ask(() -> lock(key));
    }

    /** Closes the connection as soon as no lock is held. */
    void close() {
        ask(() -> {
            closed = true;
            return rest();
        });
    }

    private <T> T ask(Callable<T> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                answer.complete(request.call());
            } catch (Exception | LinkageError | StackOverflowError e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            // takes no notice of interrupts, and keeps them
            return answer.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StorageException("the locks of " + place + " cannot be had: " + Database.oneLine(cause), cause);
        }
    }

    private Optional<KeyLock> lock(Digest key) throws SQLException {
        Hold held = holds.get(key);
        if (held != null) {
            held.grants++;
            return Optional.of(keyLock(key, held));
        }
        OptionalLong token = connection.run(session -> locking.lock(session, key));
        if (token.isEmpty()) {
            return Optional.empty();
        }
        Hold hold = new Hold(token.getAsLong());
        holds.put(key, hold);
        if (renewal == null) {
            long nanos = locking.interval().toNanos();
            renewal = thread.scheduleWithFixedDelay(this::renew, nanos, nanos, TimeUnit.NANOSECONDS);
        }
        return Optional.of(keyLock(key, hold));
    }

    private KeyLock keyLock(Digest key, Hold hold) {
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                ask(() -> release(key, hold));
            }
        };
    }

    private boolean release(Digest key, Hold hold) throws SQLException {
        hold.grants--;
        if (hold.grants > 0 || holds.get(key) != hold) {
            return false;
        }
        holds.remove(key);
        try {
            return connection.run(session -> {
                locking.unlock(session, key, hold.token);
                return true;
            });
        } finally {
            rest();
        }
    }

    /** Without locks there is nothing to renew, and after the closing nothing to be connected for. */
    private boolean rest() {
        if (!holds.isEmpty()) {
            return false;
        }
        if (closed) {
            stopRenewing();
            connection.close();
        }
        return true;
    }

    private void stopRenewing() {
        ScheduledFuture<?> running = renewal;
        renewal = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void renew() {
        if (holds.isEmpty()) {
            stopRenewing();
            return;
        }
        try {
            connection.run(session -> {
                if (!session.connection().isValid(5)) {
                    throw new SQLException("the connection has ended", "08003");
                }
                return keep(session, false);
            });
        } catch (SQLException e) {
            // tried again at the next time; who asks for a lock meanwhile hears of it
        }
    }

    private void prepare(Session session) throws SQLException {
        locking.prepare(session);
        keep(session, true);
    }

    /** Keeps what is held, and forgets what cannot be kept. */
    private boolean keep(Session session, boolean anew) throws SQLException {
        for (Digest key : holds.keySet().toArray(new Digest[0])) {
            long token = holds.get(key).token;
            if (!(anew ? locking.regain(session, key, token) : locking.renew(session, key, token))) {
                holds.remove(key);
            }
        }
        return true;
    }
}
