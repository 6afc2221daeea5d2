package dev.fleche.sql;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A listing that is read page by page, each when it is needed: between two pages, nothing of the database is held.
 *
 * <p>Confined to one thread at a time, as streams are.
 *
 * @param <T> the type of what is listed
 */
final class Pages<T> implements Iterator<T> {

    private final Source<T> source;
    private Iterator<T> page = List.<T>of().iterator();
    private @Nullable T last;
    private boolean done;

    /**
     * Where pages come from.
     *
     * @param <T> the type of what is listed
     */
    interface Source<T> {
        /** Returns what comes after {@code last}, or at the start without it; nothing at the end. */
        List<T> pageAfter(@Nullable T last);
    }

    private Pages(Source<T> source) {
        this.source = source;
    }

    /** Returns a lazy stream of all pages' elements. */
    static <T> Stream<T> stream(Source<T> source) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new Pages<>(source), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT),
                false);
    }

    @Override
    public boolean hasNext() {
        if (!done && !page.hasNext()) {
            page = source.pageAfter(last).iterator();
            done = !page.hasNext();
        }
        return !done;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the listing is at its end");
        }
        T next = page.next();
        last = next;
        return next;
    }
}
