package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.codec.Codec;
import dev.fleche.codec.CodecException;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import dev.fleche.codec.ValueTooLargeException;
import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every codec must do; a codec's own test extends this. */
public abstract class CodecContract {

    private static final int SEEDS = 1500;
    private static final int SMALL = 160;
    private static final int SMALL_SEEDS = 150;
    private static final long ANY_SIZE = Long.MAX_VALUE;

    /** A record that no context of these tests reaches. */
    private record Foreign(int number) {}

    private final TypeContext context = TypeContext.of(CodecContract.class.getClassLoader(), List.of(), Values.types());

    private final Codecs codecs = Codecs.of(codec());

    /** Creates the tests. */
    protected CodecContract() {}

    /** Returns the codec to be tested. */
    protected abstract Codec codec();

    @Test
    void theHeadNamesTheCodec() {
        Value value = encode("text");

        assertThat(value.codec()).isEqualTo(codec().name());
        assertThat(value.codecVersion()).isEqualTo(codec().version());
        assertThat(codec().reads(codec().version())).isTrue();
    }

    @Test
    void nullIsAValue() {
        assertThat(decode(copy(encode(null)))).isNull();
    }

    @Test
    void aDecodedValueHasTheDigestOfTheEncodedOne() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Object value = Values.of(seed).next();

            Object decoded = decode(copy(encode(value)));

            assertThat(digest(decoded)).as("seed %d: %s", seed, value).isEqualTo(digest(value));
        }
    }

    @Test
    void everyDecodeIsAPrivateCopy() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Object value = Values.of(seed).next();
            Value encoded = encode(value);

            Set<Object> parts = ObjectGraph.of(value).mutable();
            int found = parts.size();
            Set<Object> first = ObjectGraph.of(decode(encoded)).mutable();
            Set<Object> second = ObjectGraph.of(decode(encoded)).mutable();
            int sum = found + first.size() + second.size();
            parts.addAll(first);
            parts.addAll(second);

            assertThat(parts).as("seed %d", seed).hasSize(sum);
        }
    }

    @Test
    void onlyAnImmutableObjectIsShared() {
        long shared = LongStream.range(0, SEEDS)
                .filter(seed -> {
                    Object value = Values.of(seed).next();
                    Value encoded = encode(value);
                    if (encoded.isShared()) {
                        assertThat(ObjectGraph.of(value).mutable())
                                .as("seed %d", seed)
                                .isEmpty();
                        assertThat(decode(encoded)).as("seed %d", seed).isSameAs(value);
                    }
                    return encoded.isShared();
                })
                .count();

        assertThat(shared).isPositive();
    }

    @Test
    void aSharedObjectStaysWithItsClassLoader() {
        TypeContext other = TypeContext.of(ClassLoader.getPlatformClassLoader(), List.of(), Values.types());
        Values.Point point = new Values.Point(1, 2);

        Object decoded = codecs.decode(encode(point), other);

        assertThat(decoded).isEqualTo(point).isNotSameAs(point);
    }

    @Test
    void aClassOutsideTheContextIsRefusedWhenItIsEncoded() {
        List<Object> value = List.of("text", new Foreign(1));

        assertThatThrownBy(() -> encode(value))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(Foreign.class.getName());
    }

    @Test
    void aClassOutsideTheContextIsRefusedWhenItIsDecoded() {
        TypeContext wide = TypeContext.of(null, List.of(Foreign.class), List.of());
        Value value = copy(codecs.encode(new Foreign(1), wide, ANY_SIZE));

        assertThat(codecs.decode(value, wide)).isEqualTo(new Foreign(1));
        assertThatThrownBy(() -> decode(value)).isInstanceOf(CodecException.class);
    }

    @Test
    void aValueThatIsTooLargeIsRefused() {
        int[] numbers = IntStream.range(0, 1000).toArray();
        int size = encode(numbers).size();

        assertThat(codecs.encode(numbers, context, size).size()).isEqualTo(size);
        assertThatThrownBy(() -> codecs.encode(numbers, context, size - 1))
                .isInstanceOf(ValueTooLargeException.class)
                .hasMessageContaining("at most " + (size - 1));
    }

    @Test
    void bytesAfterTheValueAreDamage() {
        for (long seed = 0; seed < SMALL_SEEDS; seed++) {
            byte[] encoded = encode(Values.of(seed).next()).encoded();

            Value longer = Value.ofEncoded(Arrays.copyOf(encoded, encoded.length + 1));

            assertThatThrownBy(() -> decode(longer)).as("seed %d", seed).isInstanceOf(CodecException.class);
        }
    }

    @Test
    void aTruncatedValueIsDamaged() {
        for (long seed = 0; seed < SMALL_SEEDS; seed++) {
            byte[] encoded = encode(Values.of(seed).next()).encoded();
            for (int length = 0; length < Math.min(encoded.length, SMALL); length++) {
                byte[] bytes = Arrays.copyOf(encoded, length);

                assertThatThrownBy(() -> decode(Value.ofEncoded(bytes)))
                        .as("seed %d, %d bytes", seed, length)
                        .isInstanceOf(CodecException.class);
            }
        }
    }

    @Test
    void aFlippedBitIsDamageOrAnotherValueOfKnownClasses() {
        for (long seed = 0; seed < SMALL_SEEDS; seed++) {
            byte[] encoded = encode(Values.of(seed).next()).encoded();
            for (int bit = 0; encoded.length <= SMALL && bit < 8 * encoded.length; bit++) {
                byte[] bytes = encoded.clone();
                bytes[bit / 8] ^= (byte) (1 << (bit % 8));

                checkHarmless(bytes, "seed " + seed + ", bit " + bit);
            }
        }
    }

    @Test
    void anotherByteIsDamageOrAnotherValueOfKnownClasses() {
        byte[] encoded = encode(new Values.Node("a", Values.Colour.GREEN, List.of(new Values.Point(1, 2), new int[2])))
                .encoded();
        for (int i = 0; i < encoded.length; i++) {
            for (int b = 0; b < 256; b++) {
                byte[] bytes = encoded.clone();
                bytes[i] = (byte) b;

                checkHarmless(bytes, "byte " + i + " set to " + b);
            }
        }
    }

    private void checkHarmless(byte[] bytes, String what) {
        Object decoded;
        try {
            decoded = decode(Value.ofEncoded(bytes));
        } catch (CodecException expected) {
            return;
        } catch (Throwable e) {
            throw new AssertionError(what + " ended in something else than a CodecException", e);
        }
        assertThat(ObjectGraph.of(decoded).classes()).as(what).allMatch(CodecContract::isKnown);
    }

    private static boolean isKnown(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element.getModule() == Object.class.getModule()
                || Values.types().contains(element)
                || Values.types().contains(element.getSuperclass())
                || element.getPackage() == Digest.class.getPackage();
    }

    private Value encode(@Nullable Object value) {
        return codecs.encode(value, context, ANY_SIZE);
    }

    private @Nullable Object decode(Value value) {
        return codecs.decode(value, context);
    }

    /** Returns a value of the same bytes that carries no object. */
    private static Value copy(Value value) {
        return Value.ofEncoded(value.encoded().clone());
    }

    private static Digest digest(@Nullable Object value) {
        return Digester.standard().digest(value);
    }
}
