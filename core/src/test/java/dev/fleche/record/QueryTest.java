package dev.fleche.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.digest.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QueryTest {

    private static final Comparator<RecordedCall<Integer>> BY_KEY = Comparator.comparing(RecordedCall::key);

    private final List<RecordedCall<Integer>> stored = new ArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger read = new AtomicInteger();
    private final Query<Integer> query = Query.of(() -> {
        opened.incrementAndGet();
        return stored.stream().peek(call -> read.incrementAndGet()).onClose(closed::incrementAndGet);
    });

    QueryTest() {
        store(3, 1, 2);
    }

    @Test
    void allCallsAreThere() {
        assertThat(query.toList()).isEqualTo(stored);
        assertThat(query.count()).isEqualTo(3);
        assertThat(query.isEmpty()).isFalse();
        assertThat(query).containsExactlyElementsOf(stored);
        assertThat(query.results()).containsExactly(30, 10, 20);
    }

    @Test
    void stepsAreTakenInTheirOrder() {
        store(5, 4);

        Query<Integer> steps =
                query.filter(call -> call.result() != 20).sorted(BY_KEY).limit(3);

        assertThat(numbers(steps)).containsExactly(1, 3, 4);
        assertThat(numbers(steps.filter(call -> call.result() > 10))).containsExactly(3, 4);
        assertThat(numbers(query.limit(1).sorted(BY_KEY))).containsExactly(3);
        assertThat(numbers(query.limit(0))).isEmpty();
        assertThat(numbers(query.sorted(BY_KEY.reversed()))).containsExactly(5, 4, 3, 2, 1);
    }

    @Test
    void aQueryIsAskedAnewEachTime() {
        Query<Integer> large = query.filter(call -> call.result() > 25);

        assertThat(numbers(large)).containsExactly(3);
        store(4);
        assertThat(numbers(large)).containsExactly(3, 4);
        stored.clear();
        assertThat(large.isEmpty()).isTrue();
    }

    @Test
    void aStepLeavesTheQueryItWasTakenFrom() {
        query.filter(call -> false);
        query.limit(1);

        assertThat(query.count()).isEqualTo(3);
    }

    @Test
    void buildingAQueryReadsNothing() {
        query.filter(call -> true).sorted(BY_KEY).limit(1);
        assertThat(query).hasToString("a query; read it with table(), toList() or stream()");

        assertThat(opened).hasValue(0);
    }

    @Test
    void everyAnswerClosesItsSource() {
        query.toList();
        query.count();
        query.isEmpty();
        query.latest();
        query.table();
        query.limit(1).toList();
        assertThat(query.iterator()).hasNext();
        query.stream().forEach(call -> {});
        query.results().forEach(result -> {});
        assertThat(query.stream().iterator()).toIterable().hasSize(3);

        assertThat(opened).hasValue(10);
        assertThat(closed).hasValue(10);
    }

    @Test
    void aStreamIsLazyAndClosedByItsReader() {
        try (Stream<RecordedCall<Integer>> calls = query.stream()) {
            Iterator<RecordedCall<Integer>> first = calls.iterator();
            assertThat(first.next()).isEqualTo(stored.get(0));
            assertThat(read).hasValueLessThan(3);
            assertThat(closed).hasValue(0);
        }
        query.stream().close();

        assertThat(closed).hasValue(2);
        assertThat(opened).hasValue(2);
    }

    @Test
    void aLoopMayBeLeftEarly() {
        for (RecordedCall<Integer> call : query) {
            assertThat(call).isEqualTo(stored.get(0));
            break;
        }

        assertThat(opened).hasValue(1);
        assertThat(closed).hasValue(1);
    }

    @Test
    void whatAPredicateThrowsPassesAndClosesTheSource() {
        IllegalStateException fault = new IllegalStateException("mine");
        Query<Integer> faulty = query.filter(call -> {
            throw fault;
        });

        assertThatThrownBy(faulty::count).isSameAs(fault);
        assertThatThrownBy(faulty::toList).isSameAs(fault);
        assertThatThrownBy(faulty::latest).isSameAs(fault);
        assertThatThrownBy(faulty::table).isSameAs(fault);
        assertThatThrownBy(() -> faulty.stream().findFirst()).isSameAs(fault);
        assertThatThrownBy(() -> faulty.stream().forEach(call -> {})).isSameAs(fault);
        assertThat(closed).hasValue(6);
    }

    @Test
    void aStreamMayBeReadByManyThreads() {
        for (int i = 10; i < 5000; i++) {
            store(i);
        }

        assertThat(query.stream().parallel().mapToLong(RecordedCall::result).sum())
                .isEqualTo(stored.stream().mapToLong(RecordedCall::result).sum());
        assertThat(closed).hasValue(1);
    }

    @Test
    void theLatestCallReturnedLast() {
        stored.add(new Calls().stop(Calls.START.plusSeconds(100)).returning(0, Calls.inline(7)));
        store(9);

        assertThat(query.latest().map(RecordedCall::result)).isEqualTo(Optional.of(7));
        stored.clear();
        assertThat(query.latest()).isEmpty();
    }

    @Test
    void ofCallsThatReturnedTogetherTheGreatestKeyIsTheLatest() {
        // 3 comes first in the storage, -1 has the greatest unsigned key
        assertThat(query.latest().map(RecordedCall::result)).isEqualTo(Optional.of(30));
        store(-1, 4);
        assertThat(query.latest().map(RecordedCall::result)).isEqualTo(Optional.of(-10));
    }

    @Test
    void noValueIsLoadedByAQuery() {
        Calls calls = new Calls();
        stored.add(calls.argument("a", Calls.lost(9)).returning(7, Calls.lost(9)));

        assertThat(query.sorted(BY_KEY)
                        .filter(call -> !call.tags().isEmpty())
                        .limit(5)
                        .toList())
                .isEmpty();
        assertThat(query.latest()).isPresent();
        assertThat(calls.loads()).isZero();
    }

    @Test
    void aNegativeLimitIsRefused() {
        assertThatThrownBy(() -> query.limit(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a limit of zero or more, found -1");
    }

    private void store(int... numbers) {
        for (int number : numbers) {
            stored.add(new Calls().returning(number, Calls.inline(10 * number)));
        }
    }

    private static List<Integer> numbers(Query<Integer> query) {
        List<Digest> keys = query.stream().map(RecordedCall::key).toList();
        return keys.stream()
                .map(key -> Integer.parseUnsignedInt(key.prefix(8), 16))
                .toList();
    }
}
