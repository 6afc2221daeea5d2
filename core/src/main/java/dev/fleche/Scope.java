package dev.fleche;

/**
 * The active cache or tags of a thread, for the length of a try block.
 *
 * <p>Closed in the reverse order of opening, on the thread that opened it. Never inherited by other threads: bind a
 * task to carry it there. Not thread-safe; confined to its thread.
 */
public final class Scope implements AutoCloseable {

    private final Thread thread = Thread.currentThread();
    private final Context inside;
    private final Context before;
    private boolean closed;

    private Scope(Context inside) {
        this.inside = inside;
        this.before = inside.enter();
    }

    static Scope open(Context inside) {
        return new Scope(inside);
    }

    /**
     * Restores what was active before. Idempotent.
     *
     * @throws IllegalStateException if another thread opened this scope, or a scope opened after it is still open; then
     *     nothing changes
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("expected to close the scope on thread \"" + thread.getName()
                    + "\", which opened it, found thread \""
                    + Thread.currentThread().getName() + "\"; use try-with-resources");
        }
        if (Context.current() != inside) {
            throw new IllegalStateException(
                    "expected to close the scopes in the reverse order of opening, found one opened later still"
                            + " open; use try-with-resources");
        }
        closed = true;
        before.enter();
    }
}
