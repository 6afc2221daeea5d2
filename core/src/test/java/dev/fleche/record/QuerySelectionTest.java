package dev.fleche.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.codec.TypeContext;
import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import dev.fleche.digest.FunctionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuerySelectionTest {

    private static final Comparator<RecordedCall<Object>> BY_KEY = Comparator.comparing(RecordedCall::key);
    private static final List<FunctionId> FUNCTIONS =
            List.of(Records.RELAX, new FunctionId("A", "f", List.of()), new FunctionId("A", "f", List.of("int")));
    private static final List<String> NAMES = List.of("a", "b", "größe");
    private static final long[] SEEDS = {1, 20_251_123};

    private final List<RecordFilter> asked = new ArrayList<>();

    /** A choice as a step of a query, and as the predicate that it stands for. */
    private record Choice(Function<Query<Object>, Query<Object>> step, Predicate<CallRecord> predicate) {}

    @Test
    void aQueryFindsWhatAPredicateFindsHoweverTheStorageSelects() {
        for (long seed : SEEDS) {
            Random random = new Random(seed);
            List<CallRecord> records = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                records.add(randomRecord(i, random));
            }
            int found = 0;
            for (int i = 0; i < 2000; i++) {
                found += compare(records, random, "seed " + seed + ", query " + i);
            }
            assertThat(found).as("seed %d: calls found", seed).isGreaterThan(2000);
        }
    }

    private int compare(List<CallRecord> records, Random random, String description) {
        List<Query<Object>> queries = List.of(
                Query.selecting(
                        wanted -> records.stream().filter(wanted::accepts).map(QuerySelectionTest::call)),
                Query.selecting(wanted -> records.stream().map(QuerySelectionTest::call)),
                Query.of(() -> records.stream().map(QuerySelectionTest::call)));
        List<CallRecord> expected = records;
        for (int step = random.nextInt(5); step >= 0; step--) {
            Function<Query<Object>, Query<Object>> next;
            if (random.nextInt(6) == 0) {
                int count = random.nextInt(100);
                expected = expected.stream()
                        .sorted(Comparator.comparing(CallRecord::key))
                        .limit(count)
                        .toList();
                next = query -> query.sorted(BY_KEY).limit(count);
            } else {
                Choice choice = randomChoice(random);
                expected = expected.stream().filter(choice.predicate).toList();
                next = choice.step;
            }
            queries = queries.stream().map(next).toList();
        }
        List<Digest> keys = expected.stream().map(CallRecord::key).toList();
        for (Query<Object> query : queries) {
            assertThat(query.stream().map(RecordedCall::key)).as(description).containsExactlyInAnyOrderElementsOf(keys);
        }
        return keys.size();
    }

    private static Choice randomChoice(Random random) {
        String name = pick(NAMES, random);
        int n = random.nextInt(3);
        Instant from = time(random.nextInt(10));
        Instant end = time(random.nextInt(10));
        Duration shortest = Duration.ofNanos(random.nextInt(10));
        Duration longest = Duration.ofNanos(random.nextInt(10));
        FunctionId function = pick(FUNCTIONS, random);
        return switch (random.nextInt(8)) {
            case 0 -> new Choice(q -> q.function(function), r -> r.function().equals(function));
            case 1 -> new Choice(q -> q.version("" + n), r -> r.version().equals(Optional.of("" + n)));
            case 2 ->
                new Choice(
                        q -> q.tag(name, "" + n), r -> ("" + n).equals(r.tags().get(name)));
            case 3 ->
                new Choice(
                        q -> q.argument(name, n),
                        r -> hasArgument(r, name, Digester.standard().digest(n)));
            case 4 ->
                new Choice(
                        q -> q.result(n),
                        r -> r.resultDigest()
                                .equals(Optional.of(Digester.standard().digest(n))));
            case 5 ->
                new Choice(
                        q -> q.startedBetween(from, end),
                        r -> r.start().compareTo(from) >= 0 && r.start().compareTo(end) < 0);
            case 6 ->
                new Choice(
                        q -> q.wallTimeBetween(shortest, longest),
                        r -> r.wallTime().compareTo(shortest) >= 0
                                && r.wallTime().compareTo(longest) <= 0);
            default ->
                new Choice(
                        q -> q.filter(call -> call.tags().containsKey(name)),
                        r -> r.tags().containsKey(name));
        };
    }

    private static boolean hasArgument(CallRecord call, String name, Digest digest) {
        for (RecordedArgument argument : call.arguments()) {
            if (argument.name().equals(name) && argument.digest().equals(digest)) {
                return true;
            }
        }
        return false;
    }

    private static CallRecord randomRecord(int n, Random random) {
        List<RecordedArgument> arguments = new ArrayList<>();
        Map<String, String> tags = new TreeMap<>();
        for (String name : NAMES) {
            if (random.nextBoolean()) {
                Digest digest = Digester.standard().digest(random.nextInt(3));
                arguments.add(new RecordedArgument(name, digest, new StoredValue.NotStored()));
            }
            if (random.nextBoolean()) {
                tags.put(name, "" + random.nextInt(3));
            }
        }
        Instant start = time(random.nextInt(10));
        return new CallRecord(
                Records.digest(n),
                pick(FUNCTIONS, random),
                random.nextBoolean() ? Optional.of("" + random.nextInt(3)) : Optional.empty(),
                Optional.empty(),
                arguments,
                Calls.inline(n),
                random.nextBoolean() ? Optional.of(Digester.standard().digest(random.nextInt(3))) : Optional.empty(),
                start,
                start,
                Duration.ofNanos(random.nextInt(10)),
                tags,
                "17",
                List.of());
    }

    private static Instant time(int n) {
        return Calls.START.plusNanos(n);
    }

    private static <T> T pick(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    @Test
    void theStorageIsAskedForWhatIsChosenBeforeALimit() {
        Query<Object> query = asking().filter(call -> true)
                .version("2")
                .sorted(BY_KEY)
                .tag("project", "alpha")
                .startedBetween(time(1), time(5))
                .startedBetween(time(3), time(9))
                .wallTimeBetween(Duration.ofMillis(1), Duration.ofMillis(5))
                .wallTimeBetween(Duration.ZERO, Duration.ofMillis(3))
                .limit(3)
                .function(Records.RELAX);

        query.toList();

        assertThat(asked)
                .containsExactly(RecordFilter.ALL
                        .withVersion("2")
                        .withTag("project", "alpha")
                        .withFrom(time(3))
                        .withBefore(time(5))
                        .withWallTime(Duration.ofMillis(1), Duration.ofMillis(3)));
    }

    @Test
    void choicesThatExcludeEachOtherFindNothing() {
        CallRecord call = Records.full(1);
        Query<Object> one = Query.of(() -> Stream.of(call(call)));

        assertThat(one.function(Records.RELAX).count()).isEqualTo(1);
        assertThat(one.function(Records.RELAX).function(FUNCTIONS.get(1))).isEmpty();
        assertThat(one.version("2").version("3")).isEmpty();
        assertThat(one.tag("project", "alpha").tag("project", "beta")).isEmpty();
        assertThat(one.argumentDigest("a", Records.digest(103)).argumentDigest("a", Records.digest(1)))
                .isEmpty();
        assertThat(one.resultDigest(Records.digest(106)).resultDigest(Records.digest(1)))
                .isEmpty();
        assertThat(one.startedBetween(Instant.MIN, call.start()).startedBetween(call.start(), Instant.MAX))
                .isEmpty();
    }

    @Test
    void aChangedCallIsChosenByItsRecord() {
        Query<Object> changed = asking().each(call -> call.returning(result -> "changed"));

        changed.tag("project", "alpha").toList();

        assertThat(asked).containsExactly(RecordFilter.ALL.withTag("project", "alpha"));
    }

    private Query<Object> asking() {
        return Query.selecting(wanted -> {
            asked.add(wanted);
            return Stream.of();
        });
    }

    private static RecordedCall<Object> call(CallRecord call) {
        return new RecordedCall<>(call, address -> Lookup.absent(), TypeContext.empty());
    }
}
