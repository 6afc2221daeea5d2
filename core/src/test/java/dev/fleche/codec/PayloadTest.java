package dev.fleche.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What {@link PayloadSink} writes and {@link PayloadSource} reads. */
class PayloadTest {

    private static final byte[] HEAD = {1, 'x', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 1, 0};

    @Test
    void numbersAreLittleEndian() {
        assertThat(hex(sink -> {
                    sink.writeByte(0x1FF);
                    sink.writeShort(0x10102);
                    sink.writeInt(0x01020304);
                    sink.writeLong(0x0102030405060708L);
                    sink.writeDoubles(new double[] {1});
                    sink.writeChars(new char[] {'a'});
                }))
                .isEqualTo("ff" + "0201" + "04030201" + "0807060504030201" + "000000000000f03f" + "6100");
    }

    @Test
    void countsTakeAsFewBytesAsTheyNeed() {
        assertThat(hex(sink -> sink.writeCount(0))).isEqualTo("00");
        assertThat(hex(sink -> sink.writeCount(127))).isEqualTo("7f");
        assertThat(hex(sink -> sink.writeCount(128))).isEqualTo("8001");
        assertThat(hex(sink -> sink.writeCount(Long.MAX_VALUE))).isEqualTo("ffffffffffffffff7f");
        assertThatThrownBy(() -> hex(sink -> sink.writeCount(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a count, found -1");
    }

    @Test
    void countsComeBack() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            long count = random.nextLong() >>> 1 >>> random.nextInt(63);

            assertThat(read(sink -> sink.writeCount(count), PayloadSource::readCount))
                    .as("seed 7, number %d", i)
                    .isEqualTo(count);
        }
    }

    @Test
    void aCountHasOneFormOnly() {
        damaged("its shortest form", "8000", PayloadSource::readCount);
        damaged("at most 9 bytes", "ffffffffffffffffff01", PayloadSource::readCount);
        damaged("1 more bytes", "80", PayloadSource::readCount);
    }

    @Test
    void everyReadNamesThePlaceWhereBytesAreMissing() {
        damaged("expected 1 more bytes before byte 16 of the value, found 0 bytes", "", PayloadSource::readByte);
        damaged("expected 2 more bytes before byte 16", "00", PayloadSource::readShort);
        damaged("expected 4 more bytes before byte 16", "000000", PayloadSource::readInt);
        damaged("expected 8 more bytes before byte 16", "00000000000000", PayloadSource::readLong);
        damaged("expected 5 more bytes before byte 17", "0a61626364", PayloadSource::readString);
        damaged("expected 3 more characters before byte 17", "076100620063", PayloadSource::readString);
        damaged("expected 16 more bytes", "00", source -> source.readDoubles(2));
        damaged("expected -1 more bytes", "00", source -> source.readBytes(-1));
        damaged("expected " + 8L * Integer.MAX_VALUE, "00", source -> source.readLongs(Integer.MAX_VALUE));
    }

    @Test
    void theSourceKnowsTheVersion() {
        assertThat(read(sink -> {}, PayloadSource::version)).isEqualTo(0x0103);
        assertThat(read(sink -> sink.writeInt(0), PayloadSource::remaining)).isEqualTo(4);
    }

    @Test
    void theSinkStopsAtItsLimit() {
        PayloadSink sink = new PayloadSink(HEAD, 20);
        sink.writeInt(1);

        assertThatThrownBy(() -> sink.writeByte(1))
                .isInstanceOf(ValueTooLargeException.class)
                .hasMessage("expected a value of at most 20 encoded bytes, found a larger one");
        assertThatThrownBy(() -> sink.writeLongs(new long[1 << 20])).isInstanceOf(ValueTooLargeException.class);
        assertThat(sink.toEncoded()).hasSize(20);
    }

    private static String hex(Consumer<PayloadSink> payload) {
        byte[] encoded = encoded(payload);
        return HexFormat.of().formatHex(encoded, HEAD.length, encoded.length);
    }

    private static byte[] encoded(Consumer<PayloadSink> payload) {
        PayloadSink sink = new PayloadSink(HEAD, Long.MAX_VALUE);
        payload.accept(sink);
        return sink.toEncoded();
    }

    private static <T> T read(Consumer<PayloadSink> payload, Function<PayloadSource, T> read) {
        return read.apply(new PayloadSource(Value.ofEncoded(encoded(payload))));
    }

    private static void damaged(String message, String payload, Function<PayloadSource, ?> read) {
        byte[] bytes = HexFormat.of().parseHex(payload);
        byte[] encoded = Arrays.copyOf(HEAD, HEAD.length + bytes.length);
        System.arraycopy(bytes, 0, encoded, HEAD.length, bytes.length);
        PayloadSource source = new PayloadSource(Value.ofEncoded(encoded));

        assertThatThrownBy(() -> read.apply(source))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(message);
    }
}
