package dev.fleche.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.codec.CodecException;
import dev.fleche.digest.FunctionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallRecordFormatTest {

    @Test
    void aRecordComesBack() {
        CallRecord full = Records.full(1);
        CallRecord small = Records.small(2);

        assertThat(CallRecordFormat.decode(CallRecordFormat.encode(full))).isEqualTo(full);
        assertThat(CallRecordFormat.decode(CallRecordFormat.encode(small))).isEqualTo(small);
    }

    @Test
    void generatedRecordsComeBack() {
        for (int seed = 0; seed < 2000; seed++) {
            CallRecord record = Records.generated(new Random(seed));

            byte[] bytes = CallRecordFormat.encode(record);
            CallRecord decoded = CallRecordFormat.decode(bytes, record.key());

            assertThat(decoded).as("seed %d", seed).isEqualTo(record);
            assertThat(CallRecordFormat.encode(decoded)).as("seed %d", seed).isEqualTo(bytes);
        }
    }

    @Test
    void theExtremesOfTimeComeBack() {
        CallRecord early = Records.withTimes(Instant.MIN, Instant.MIN, Duration.ZERO);
        CallRecord late = Records.withTimes(Instant.MAX, Instant.MAX, Duration.ofNanos(Long.MAX_VALUE));

        assertThat(CallRecordFormat.decode(CallRecordFormat.encode(early))).isEqualTo(early);
        assertThat(CallRecordFormat.decode(CallRecordFormat.encode(late))).isEqualTo(late);
    }

    @Test
    void aRecordOfAnotherKeyIsRefused() {
        byte[] bytes = CallRecordFormat.encode(Records.full(1));

        assertThatThrownBy(() -> CallRecordFormat.decode(bytes, Records.digest(2)))
                .isInstanceOf(CodecException.class)
                .hasMessage("expected the call record of key " + Records.digest(2) + ", found that of key "
                        + Records.digest(1) + "; it was moved here from another place");
    }

    @Test
    void unknownFieldsAreKeptInOrder() {
        CallRecord record = Records.withUnknown(
                new CallRecord.UnknownField(40_000, new byte[] {1, 2, 3}),
                new CallRecord.UnknownField(12, new byte[0]),
                new CallRecord.UnknownField(40_000, new byte[] {4}));

        byte[] bytes = CallRecordFormat.encode(record);
        byte[] rewritten = CallRecordFormat.encode(CallRecordFormat.decode(bytes));

        assertThat(CallRecordFormat.decode(bytes).unknownFields()).isEqualTo(record.unknownFields());
        assertThat(rewritten).isEqualTo(bytes);
    }

    @Test
    void anUnknownFieldWithAKnownTagIsNotWritten() {
        for (int tag : new int[] {-1, 0, 1, 11, 65_536}) {
            CallRecord record = Records.withUnknown(new CallRecord.UnknownField(tag, new byte[0]));

            assertThatThrownBy(() -> CallRecordFormat.encode(record))
                    .isInstanceOf(CodecException.class)
                    .hasMessage("expected an unknown field with a tag from 12 to 65535, found " + tag);
        }
    }

    @Test
    void halfASurrogatePairIsNotWritten() {
        for (String text : List.of("ab\uD83D", "ab\uDE80", "ab\uD83Dx", "\uD83D\uDE80\uDE80")) {
            CallRecord record = Records.withTags(Map.of("note", text));

            assertThatThrownBy(() -> CallRecordFormat.encode(record))
                    .isInstanceOf(CodecException.class)
                    .hasMessage("expected text in the value of a tag of a call record, found half of a surrogate pair"
                            + " at index 2, which UTF-8 cannot express; take it out");
        }
    }

    @Test
    void aWallTimeThatCannotBeIsNotWritten() {
        CallRecord negative = Records.withTimes(Instant.EPOCH, Instant.EPOCH, Duration.ofNanos(-1));
        CallRecord centuries = Records.withTimes(Instant.EPOCH, Instant.EPOCH, Duration.ofDays(200_000));

        assertThatThrownBy(() -> CallRecordFormat.encode(negative))
                .isInstanceOf(CodecException.class)
                .hasMessage("expected a wall time of zero or more, found PT-0.000000001S");
        assertThatThrownBy(() -> CallRecordFormat.encode(centuries))
                .isInstanceOf(CodecException.class)
                .hasMessage("expected a wall time of at most 292 years, found PT4800000H");
    }

    @Test
    void aRecordThatIsTooLongIsNotWritten() {
        int fixed = CallRecordFormat.encode(Records.withTags(Map.of("note", ""))).length;
        CallRecord longest = Records.withTags(Map.of("note", "x".repeat(CallRecordFormat.MAX_BYTES - fixed)));
        CallRecord tooLong = Records.withTags(Map.of("note", "x".repeat(CallRecordFormat.MAX_BYTES - fixed + 1)));

        assertThat(CallRecordFormat.encode(longest)).hasSize(CallRecordFormat.MAX_BYTES);
        assertThat(CallRecordFormat.decode(CallRecordFormat.encode(longest))).isEqualTo(longest);
        assertThatThrownBy(() -> CallRecordFormat.encode(tooLong))
                .isInstanceOf(CodecException.class)
                .hasMessage("the call record would be longer than 16777216 bytes;"
                        + " pass fewer or smaller arguments and tags");
    }

    @Test
    void aFunctionOfManyParametersComesBack() {
        List<String> types = Collections.nCopies(255, "java.lang.String");
        CallRecord small = Records.small(3);
        CallRecord record = new CallRecord(
                small.key(),
                new FunctionId("A", "f", types),
                small.version(),
                small.codeDigest(),
                small.arguments(),
                small.result(),
                small.resultDigest(),
                small.start(),
                small.stop(),
                small.wallTime(),
                small.tags(),
                small.javaVersion(),
                small.unknownFields());

        assertThat(CallRecordFormat.decode(CallRecordFormat.encode(record))).isEqualTo(record);
    }
}
