package dev.fleche.lmdb;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The records of all pages, each read when it is needed. Confined to one thread at a time, as streams are. */
final class RecordStream extends Spliterators.AbstractSpliterator<RecordPage.Entry> {

    private final Function<byte[], RecordPage> source;
    private Iterator<RecordPage.Entry> page = Stream.<RecordPage.Entry>empty().iterator();
    private byte @Nullable [] next = RecordPage.START;

    private RecordStream(Function<byte[], RecordPage> source) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.source = source;
    }

    /**
     * Returns a lazy stream of the records of all pages.
     *
     * @param source returns the page that begins with a key
     */
    static Stream<RecordPage.Entry> of(Function<byte[], RecordPage> source) {
        return StreamSupport.stream(new RecordStream(source), false);
    }

    @Override
    public boolean tryAdvance(Consumer<? super RecordPage.Entry> action) {
        while (!page.hasNext()) {
            byte[] from = next;
            if (from == null) {
                return false;
            }
            RecordPage read = source.apply(from);
            page = read.entries().iterator();
            next = read.next();
        }
        action.accept(page.next());
        return true;
    }
}
