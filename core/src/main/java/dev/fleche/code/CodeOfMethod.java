package dev.fleche.code;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The code of a method whose text is written when it is needed.
 *
 * <p>Instructions take more memory than what is kept of them: so of all those that wait there are no more than a
 * number, and the others' texts are written at once. Safe for use by several threads.
 */
final class CodeOfMethod implements MethodSummary.Later {

    /** About 40 bytes each. */
    private static final long MAX_WAITING = 1_000_000;

    private static final AtomicLong WAITING = new AtomicLong();

    private final MethodCode code;
    private final Lambdas lambdas;
    /** Of all methods of a class; used under its own lock. */
    private final TextWriter out;

    private CodeOfMethod(MethodCode code, Lambdas lambdas, TextWriter out) {
        this.code = code;
        this.lambdas = lambdas;
        this.out = out;
    }

    static MethodSummary summary(MethodCode code, Lambdas lambdas, TextWriter out) {
        int size = code.instructions().size();
        CodeOfMethod later = new CodeOfMethod(code, lambdas, out);
        if (WAITING.get() + size > MAX_WAITING) {
            MethodSummary.Content content = later.write();
            return new MethodSummary(code.access(), content.text(), content.edges(), content.switches());
        }
        WAITING.addAndGet(size);
        return new MethodSummary(code.access(), later);
    }

    @Override
    public MethodSummary.Content read() {
        MethodSummary.Content content = write();
        WAITING.addAndGet(-code.instructions().size());
        return content;
    }

    private MethodSummary.Content write() {
        synchronized (out) {
            Edges edges = new Edges(code, lambdas);
            return new MethodSummary.Content(
                    new MethodText(code, lambdas, out).digest(), edges.edges(), edges.switches());
        }
    }
}
