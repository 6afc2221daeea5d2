package dev.fleche.record;

import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The elements of a stream that is closed when its end is reached or reading it fails. Not thread-safe. */
final class ClosingSpliterator<T> extends Spliterators.AbstractSpliterator<T> {

    private final Stream<T> source;
    private final Spliterator<T> elements;

    private ClosingSpliterator(Stream<T> source, Spliterator<T> elements) {
        super(elements.estimateSize(), ORDERED);
        this.source = source;
        this.elements = elements;
    }

    /** Returns the elements of {@code source}, which is closed at their end, or when the returned stream is. */
    static <T> Stream<T> closingAtTheEnd(Stream<T> source) {
        // sequential, as the source's own steps are
        return StreamSupport.stream(
                        () -> new ClosingSpliterator<>(
                                source, source.sequential().spliterator()),
                        ORDERED,
                        false)
                .onClose(source::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        boolean advanced = false;
        try {
            advanced = elements.tryAdvance(action);
        } finally {
            if (!advanced) {
                source.close();
            }
        }
        return advanced;
    }

    @Override
    public void forEachRemaining(Consumer<? super T> action) {
        try (source) {
            elements.forEachRemaining(action);
        }
    }
}
