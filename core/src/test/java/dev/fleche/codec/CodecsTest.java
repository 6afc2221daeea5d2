package dev.fleche.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CodecsTest {

    /** A codec of a name and version that writes the length of a text and reads it as that many dots. */
    private record Dots(String name, int version) implements Codec {

        @Override
        public boolean reads(int version) {
            return version <= version();
        }

        @Override
        public boolean encode(@Nullable Object value, TypeContext context, PayloadSink sink) {
            if (!(value instanceof String text)) {
                throw new IllegalStateException("expected a text");
            }
            sink.writeCount(text.length());
            return true;
        }

        @Override
        public Object decode(PayloadSource payload, TypeContext context) {
            String dot = payload.version() == 0 ? "o" : ".";
            return dot.repeat((int) payload.readCount());
        }
    }

    private final TypeContext none = TypeContext.empty();
    private final Codecs dots = Codecs.of(new Dots("dots", 7), new StandardCodec());

    @Test
    void oneCodecWritesAndAllRead() {
        Value ours = Codecs.standard().encode(1, none, 100);
        Value theirs = dots.encode("abc", none, 100);

        assertThat(theirs.codec()).isEqualTo("dots");
        assertThat(theirs.codecVersion()).isEqualTo(7);
        assertThat(dots.decode(ours, none)).isEqualTo(1);
        assertThat(dots.decode(copy(theirs), none)).isEqualTo("...");
    }

    @Test
    void aCodecLearnsWhichVersionWroteTheBytes() {
        Value old = Codecs.of(new Dots("dots", 0)).encode("abc", none, 100);

        assertThat(dots.decode(copy(old), none)).isEqualTo("ooo");
    }

    @Test
    void aCodecThatIsNotInstalledIsNamed() {
        Value value = copy(dots.encode("abc", none, 100));

        assertThatThrownBy(() -> Codecs.standard().decode(value, none))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith("the codec dots is not installed; put the module that provides it on the path");
    }

    @Test
    void aVersionThatIsNotReadIsNamed() {
        Value newer = copy(Codecs.of(new Dots("dots", 65535)).encode("abc", none, 100));

        assertThatThrownBy(() -> dots.decode(newer, none))
                .isInstanceOf(CodecException.class)
                .hasMessage("expected a version of the codec dots that version 7 reads, found 65535; it was stored by"
                        + " another release of the codec");
    }

    @Test
    void whatACodecThrowsIsACodecException() {
        assertThatThrownBy(() -> dots.encode(1, none, 100))
                .isInstanceOf(CodecException.class)
                .hasMessage("the value cannot be encoded: java.lang.IllegalStateException: expected a text")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aNameOrVersionThatDoesNotFitIsRefused() {
        for (String name : List.of("", "Dots", "thirteen-long", "a_b")) {
            assertThatThrownBy(() -> Codecs.of(new Dots(name, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("found \"" + name + "\"");
        }
        for (int version : new int[] {-1, 65536}) {
            assertThatThrownBy(() -> Codecs.of(new Dots("dots", version)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected a version from 0 to 65535 for the codec dots, found " + version);
        }
    }

    @Test
    void aValueOfClassesWithoutALoaderIsNotShared() {
        TypeContext nobodys = TypeContext.of(null, List.of(Dots.class), List.of());

        assertThat(Codecs.standard().encode("a", nobodys, 100).isShared()).isFalse();
        assertThat(Codecs.standard().encode("a", none, 100).isShared()).isTrue();
    }

    @Test
    void aMutableValueIsNotShared() {
        List<Integer> list = new ArrayList<>(List.of(1));

        Value value = Codecs.standard().encode(list, none, 100);
        list.add(2);

        assertThat(value.isShared()).isFalse();
        assertThat(Codecs.standard().decode(value, none)).isEqualTo(List.of(1));
    }

    @Test
    void aViewOfWhatOthersMayChangeIsNotShared() {
        List<Integer> list = new ArrayList<>(List.of(1));

        Value value = Codecs.standard().encode(Collections.unmodifiableList(list), none, 100);
        list.add(2);

        assertThat(value.isShared()).isFalse();
        assertThat(Codecs.standard().decode(value, none)).isEqualTo(List.of(1));
    }

    @Test
    void theLimitCountsTheHead() {
        assertThat(Codecs.standard().encode(null, none, 17).size()).isEqualTo(17);
        for (long maxBytes : new long[] {16, 0, -1, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> Codecs.standard().encode(null, none, maxBytes))
                    .isInstanceOf(ValueTooLargeException.class);
        }
    }

    private static Value copy(Value value) {
        return Value.ofEncoded(value.encoded().clone());
    }
}
