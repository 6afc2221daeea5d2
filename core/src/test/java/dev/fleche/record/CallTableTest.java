package dev.fleche.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.codec.TypeContext;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallTableTest {

    @Test
    void callsOfOneFunctionAreATable() {
        assertThat(table(
                        100,
                        new Calls()
                                .argument("a", Calls.inline(3.5))
                                .argument("name", Calls.inline("first"))
                                .tag("project", "alpha")
                                .tag("host", "n1")
                                .returning(1, Calls.inline(14)),
                        new Calls()
                                .argument("a", Calls.inline(12.25))
                                .argument("name", Calls.inline(null))
                                .wallTime(Duration.ofMillis(90))
                                .returning(2, Calls.inline(1400))))
                .isEqualTo("""
                        key           a  name   result  started              wall time  tags
                        00000001    3.5  first      14  2025-03-01 10:00:00     2.50 s  host=n1, project=alpha
                        00000002  12.25  null     1400  2025-03-01 10:00:00    90.0 ms""");
    }

    @Test
    void severalFunctionsAreNamed() {
        assertThat(table(
                        100,
                        new Calls().argument("x", Calls.inline(1)).returning(1, Calls.inline("a")),
                        new Calls()
                                .function("com.acme.Text", "trim")
                                .argument("result", Calls.inline("k"))
                                .returning(2, Calls.inline("bb"))))
                .isEqualTo("""
                        key       function       x  result (argument)  result  started              wall time
                        00000001  Physics.relax  1                     a       2025-03-01 10:00:00     2.50 s
                        00000002  Text.trim         k                  bb      2025-03-01 10:00:00     2.50 s""");
    }

    @Test
    void aNarrowTableIsShortened() {
        RecordedCall<Object> call = new Calls()
                .argument("text", Calls.inline("the quick brown fox jumps over the lazy dog"))
                .argument("k", Calls.inline(7))
                .returning(1, Calls.inline("x".repeat(30)));

        assertThat(table(80, call)).isEqualTo("""
                        key       text              k  result             started              wall time
                        00000001  the quick brown…  7  xxxxxxxxxxxxxxxx…  2025-03-01 10:00:00     2.50 s""");
    }

    @Test
    void noLineIsLongerThanAskedFor() {
        Calls calls = new Calls();
        for (int i = 0; i < 30; i++) {
            calls.argument("argument" + i, Calls.inline("\uD83D\uDE80".repeat(40)));
        }
        for (int width = 20; width < 300; width++) {
            String table = table(width, calls.returning(1, Calls.inline("x".repeat(5000))));

            int longest = table.lines()
                    .mapToInt(line -> line.codePointCount(0, line.length()))
                    .max()
                    .getAsInt();
            assertThat(longest).as(table).isEqualTo(width);
            assertThat(table.codePoints().filter(Character::isBmpCodePoint).mapToObj(c -> (char) c))
                    .noneMatch(Character::isSurrogate);
        }
    }

    @Test
    void whatCannotBeLoadedIsAQuestionMark() {
        assertThat(table(
                        100,
                        new Calls()
                                .argument("a", new StoredValue.NotStored())
                                .argument("b", new StoredValue.Inline(Records.value(3)))
                                .returning(1, Calls.lost(99)),
                        new Calls()
                                .argument("a", Calls.inline(5))
                                .argument("b", Calls.inline(6))
                                .returning(2, Calls.inline(1000))))
                .isEqualTo("""
                        key       a  b  result  started              wall time
                        00000001  ?  ?       ?  2025-03-01 10:00:00     2.50 s
                        00000002  5  6    1000  2025-03-01 10:00:00     2.50 s""");
    }

    @Test
    void aLargeValueIsNotLoaded() {
        Calls calls = new Calls();

        String table = table(100, calls.returning(1, Calls.lost(12_345_678)));

        assertThat(table).contains("(12.3 MB)");
        assertThat(calls.loads()).isZero();
    }

    @Test
    void textsStayOnTheirLine() {
        RecordedCall<Object> call = new Calls()
                .argument("a", Calls.inline("one\ntwo\r\tx\u001B[31m\u2028\u202E\u0000"))
                .tag("no\nte", "\u0085")
                .returning(1, Calls.inline("größe"));

        assertThat(table(200, call).lines().skip(1))
                .containsExactly("00000001  one\\ntwo\\r\\tx\\u001b[31m\\u2028\\u202e\\u0000  größe   "
                        + "2025-03-01 10:00:00     2.50 s  no\\nte=\\u0085");
    }

    @Test
    void arraysAreShownByTheirElements() {
        assertThat(table(
                        100,
                        new Calls()
                                .argument("a", Calls.inline(new int[] {1, 2}))
                                .returning(1, Calls.inline(new double[0]))))
                .contains("  [1, 2]  []  ");
    }

    @Test
    void manyCallsAreCounted() {
        List<RecordedCall<Object>> calls = new ArrayList<>();
        for (int i = 0; i < 87; i++) {
            calls.add(new Calls().returning(i, Calls.inline(i)));
        }

        List<String> lines =
                CallTable.of(calls.stream(), 100, ZoneOffset.UTC).lines().toList();

        assertThat(lines).hasSize(52);
        assertThat(lines.get(50)).startsWith("00000031      49");
        assertThat(lines.get(51)).isEqualTo("… and 37 more");
    }

    @Test
    void noCallsAreNoTable() {
        assertThat(table(100)).isEqualTo("no calls");
    }

    @Test
    void aKeyIsAsLongAsItTakesToTellItFromAllOthers() {
        // Records.digest() differs in the first 8 characters only
        List<RecordedCall<Object>> calls = new ArrayList<>();
        IntStream.range(0, 60).forEach(i -> calls.add(new Calls().returning(i, Calls.inline(i))));
        RecordedCall<Object> first = calls.get(0);
        byte[] twin = first.key().toBytes();
        twin[5] ^= 1;
        calls.add(withKey(first, twin));

        String table = CallTable.of(calls.stream(), 100, ZoneOffset.UTC);

        assertThat(table.lines().skip(1).findFirst().orElseThrow()).startsWith("000000000405       0");
    }

    @Test
    void wallTimesHaveAUnit() {
        List<Duration> times = List.of(
                Duration.ZERO,
                Duration.ofNanos(999),
                Duration.ofNanos(1_500),
                Duration.ofNanos(12_345_678),
                Duration.ofMillis(119_400),
                Duration.ofMinutes(45),
                Duration.ofHours(30),
                Duration.ofDays(100_000));

        assertThat(times.stream().map(time -> {
                    String line = table(100, new Calls().wallTime(time).returning(1, Calls.inline(1)))
                            .lines()
                            .toList()
                            .get(1);
                    return line.substring(line.indexOf(":00:00") + 6).strip();
                }))
                .containsExactly("0 ns", "999 ns", "1.50 µs", "12.3 ms", "119 s", "45.0 min", "30.0 h", "100000 d");
    }

    @Test
    void theStartIsInLocalTime() {
        RecordedCall<Object> call = new Calls().returning(1, Calls.inline(1));

        assertThat(CallTable.of(Stream.of(call), 100, ZoneId.of("Asia/Tokyo"))).contains("  2025-03-01 19:00:00  ");
        assertThat(Query.of(() -> Stream.of(call)).table())
                .isEqualTo(CallTable.of(Stream.of(call), 100, ZoneId.systemDefault()));
    }

    @Test
    void aTableTooNarrowIsRefused() {
        assertThatThrownBy(() -> Query.of(Stream::<RecordedCall<Object>>of).table(19))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a table of at least 20 columns, found 19");
    }

    private static String table(int maxColumns, RecordedCall<?>... calls) {
        return CallTable.of(Arrays.stream(calls), maxColumns, ZoneOffset.UTC);
    }

    private static RecordedCall<Object> withKey(RecordedCall<Object> call, byte[] key) {
        byte[] bytes = CallRecordFormat.encode(call.record());
        System.arraycopy(key, 0, bytes, 14, key.length);
        CallRecordFormat.seal(bytes);
        return new RecordedCall<>(CallRecordFormat.decode(bytes), address -> Lookup.absent(), TypeContext.empty());
    }
}
