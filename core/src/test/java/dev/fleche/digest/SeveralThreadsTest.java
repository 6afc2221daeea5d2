package dev.fleche.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.digest.Fixtures.Reentrant;
import dev.fleche.testing.Values;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeveralThreadsTest {

    private final Digester digester = new Digester(List::of);

    @Test
    void platformThreadsDoNotDisturbEachOther() throws Exception {
        check(Executors.newFixedThreadPool(16));
    }

    /** Virtual ones, where there are any. */
    @Test
    void aThreadForEveryTaskDoesNotDisturbOthers() throws Exception {
        Optional<Method> virtual = Arrays.stream(Executors.class.getMethods())
                .filter(method -> method.getName().equals("newVirtualThreadPerTaskExecutor"))
                .findFirst();

        check(virtual.isPresent() ? (ExecutorService) virtual.get().invoke(null) : Executors.newCachedThreadPool());
    }

    private void check(ExecutorService pool) throws Exception {
        List<Object> values = LongStream.range(0, 200)
                .mapToObj(seed -> Values.of(seed).next())
                .toList();
        List<Digest> expected = values.stream().map(ReferenceEncoding::digest).toList();
        Callable<List<Digest>> work =
                () -> values.stream().map(digester::digest).toList();

        try {
            List<Future<List<Digest>>> results = pool.invokeAll(Collections.nCopies(64, work));

            for (Future<List<Digest>> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aDigestMayBeMadeWhileOneIsMade() {
        Object inner = Collections.nCopies(5000, "inner");
        List<Object> values = new ArrayList<>(List.of("before".repeat(500)));
        values.add(new Reentrant(inner, digester));
        values.add("after".repeat(500));

        Digest digest = digester.digest(values);

        values.set(1, new Reentrant(new ArrayList<>(Collections.nCopies(5000, "inner")), digester));
        assertThat(digester.digest(values)).isEqualTo(digest);
        values.set(1, new Reentrant(1, digester));
        assertThat(digester.digest(values)).isNotEqualTo(digest);
    }

    @Test
    void sharedObjectsAreDigestedOnce() {
        Object shared = Collections.nCopies(2000, 1);
        for (int i = 0; i < 60; i++) {
            // without sharing, 2^60 lists
            shared = List.of(shared, shared, "x".repeat(2100));
        }

        Digest digest = digester.digest(shared);

        assertThat(digester.digest(List.of(shared))).isNotEqualTo(digest);
    }
}
