package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private static FrameReader reader(byte[] bytes) {
        return new FrameReader(Channels.newChannel(new ByteArrayInputStream(bytes)));
    }

    private static byte[] sent(Frame... frames) throws IOException {
        Outbox outbox = new Outbox();
        for (Frame frame : frames) {
            outbox.add(frame);
        }
        outbox.close();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        outbox.sendTo(Channels.newChannel(bytes));
        return bytes.toByteArray();
    }

    private static byte[] head(int parts, int... lengths) {
        ByteBuffer bytes = ByteBuffer.allocate(Frame.HEAD_BYTES + lengths.length * Integer.BYTES);
        bytes.put(Frame.RESULT).putInt(parts).putLong(7);
        for (int length : lengths) {
            bytes.putInt(length);
        }
        return bytes.array();
    }

    @Test
    void framesComeAsTheyWereSent() throws IOException {
        byte[] large = new byte[300_000];
        Arrays.fill(large, (byte) 5);

        FrameReader reader = reader(sent(
                new Frame(Frame.RESULT, 1, new Payload(new byte[] {1, 2}, new byte[0], large)),
                new Frame(Frame.DROPPED, 2, Payload.EMPTY)));

        Frame first = Objects.requireNonNull(reader.read());
        assertThat(first.kind()).isEqualTo(Frame.RESULT);
        assertThat(first.task()).isEqualTo(1);
        assertThat(first.payload().count()).isEqualTo(3);
        assertThat(first.payload().part(0)).containsExactly(1, 2);
        assertThat(first.payload().part(1)).isEmpty();
        assertThat(first.payload().part(2)).isEqualTo(large);
        Frame second = Objects.requireNonNull(reader.read());
        assertThat(second.task()).isEqualTo(2);
        assertThat(second.payload().count()).isZero();
        assertThat(reader.read()).isNull();
    }

    @Test
    void aFrameThatBreaksOffAnywhereIsTheEnd() throws IOException {
        byte[] whole = sent(new Frame(Frame.RESULT, 1, new Payload(new byte[] {1, 2, 3}, new byte[] {4})));

        for (int length = 0; length < whole.length; length++) {
            assertThat(reader(Arrays.copyOf(whole, length)).read())
                    .as("the first " + length + " bytes")
                    .isNull();
        }
        assertThat(reader(whole).read()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, (1 << 20) + 1})
    void anImpossibleNumberOfPartsIsRefused(int parts) {
        assertThatThrownBy(() -> reader(head(parts)).read())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("a frame has " + parts + " parts");
    }

    @Test
    void aNegativeLengthIsRefused() {
        assertThatThrownBy(() -> reader(head(2, 1, -1)).read())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("negative length");
    }
}
