package dev.fleche.examples;

import dev.fleche.Call;
import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.Scope;
import dev.fleche.cache.Cache;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A bound call and a memo in the hands of code that knows nothing of caches. */
final class HandedOver implements Section {

    private static final AtomicInteger BODIES = new AtomicInteger();

    private static final Memo1<String, Integer> MEASURE = Fleche.of(HandedOver::measure);

    /** Returns the length of a text, and fails the first time, as a service does at the wrong moment. */
    static int measure(String text) throws IOException {
        if (BODIES.incrementAndGet() == 1) {
            throw new IOException("the service is busy");
        }
        return text.length();
    }

    @Override
    public String title() {
        return "A call in the hands of others";
    }

    @Override
    public void show(Page page) throws Exception {
        try (Cache cache = Cache.memory()) {
            Call<Integer> call;
            Memo1<String, Integer> memo;
            try (Scope scope = Fleche.use(cache)) {
                call = MEASURE.on("content-addressed");
                memo = MEASURE.bind();
            }
            page.text("A call takes its cache along. The class Retry takes a Callable and calls it up to three times; "
                    + "the body throws an IOException the first time. Exceptions pass unchanged and are never stored.");
            page.fact("the scope of that cache is still open here", Fleche.cache() == cache);

            Retry retry = new Retry();
            page.fact("result", retry.call(call));
            page.fact("calls by Retry, bodies that ran", retry.attempts() + ", " + BODIES.get());
            page.fact("result for another Retry", new Retry().call(call));
            page.fact("bodies that have run by now", BODIES.get());

            page.text("A memo of one argument is a java.util.function.Function, here for Stream.map:");
            List<String> words = List.of("key", "value", "key", "address", "value", "key");
            int before = BODIES.get();
            page.fact(
                    "lengths of " + words.size() + " words",
                    words.stream().map(memo).toList());
            page.fact("bodies that ran for them", BODIES.get() - before);
        }
    }
}
