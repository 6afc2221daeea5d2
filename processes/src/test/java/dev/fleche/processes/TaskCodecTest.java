package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.SerializableCallable;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskCodecTest {

    private final TaskCodec codec = new TaskCodec(TaskCodecTest.class.getClassLoader(), null);

    enum Colour {
        RED {
            @Override
            boolean isWarm() {
                return true;
            }
        },
        BLUE;

        boolean isWarm() {
            return false;
        }
    }

    record Point(int x, @Nullable Object y) implements Serializable {}

    static List<Object> values() {
        return List.of(
                1,
                -5L,
                Math.PI,
                true,
                false,
                'c',
                (byte) 3,
                2.5f,
                "text, grün, \ud800 alone",
                Colour.RED,
                Colour.BLUE,
                new Point(1, List.of("a")),
                Instant.EPOCH,
                new BigDecimal("1.50"),
                List.of(1, "two", 3.0),
                Arrays.asList(1, null),
                new ArrayList<>(List.of(Colour.RED)),
                new HashMap<>(Map.of("a", 1)),
                new TreeMap<>(Map.of("b", List.of())),
                String.class,
                int.class);
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueComesBackAsItWas(Object value) throws ObjectStreamException {
        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    }

    @Test
    void nullComesBack() throws ObjectStreamException {
        assertThat(codec.decode(codec.encode(null))).isNull();
    }

    @Test
    void aChangeAfterEncodingDoesNotShow() throws ObjectStreamException {
        byte[] bytes = new byte[10_000];
        Payload payload = codec.encode(bytes);

        bytes[0] = 1;

        assertThat(codec.decode(payload)).isEqualTo(new byte[10_000]);
    }

    @Test
    void arraysOfAllKindsComeBack() throws ObjectStreamException {
        for (Object array : List.of(
                new byte[3000],
                new short[3000],
                new char[3000],
                new int[3000],
                new long[3000],
                new float[3000],
                new double[3000],
                new boolean[3000],
                new String[] {"a"},
                new int[][] {{1}, new int[5000]})) {
            assertThat(codec.decode(codec.encode(array))).isEqualTo(array);
        }
    }

    @Test
    void aLambdaWithoutASerializableTypeIsRefusedWithTheWayOut() {
        Callable<Integer> plain = () -> 1;

        assertThatThrownBy(() -> codec.encode(plain))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("declare it as SerializableCallable or SerializableRunnable");
    }

    @Test
    void whatALambdaCapturesIsNamedIfItIsNotSerializable() {
        CountDownLatch latch = new CountDownLatch(1);
        SerializableCallable<Long> task = latch::getCount;

        assertThatThrownBy(() -> codec.encode(task))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("java.util.concurrent.CountDownLatch");
    }

    @Test
    void whatAnObjectThrowsOnWritingIsExplained() {
        assertThatThrownBy(() -> codec.encode(new Unwilling()))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("Unwilling could not be serialized")
                .hasMessageContaining("not today");
    }

    static final class Unwilling implements Serializable {

        private static final long serialVersionUID = 1;

        private void writeObject(java.io.ObjectOutputStream out) {
            throw new IllegalStateException("not today, " + out.getClass());
        }
    }

    @Test
    void classesThatReachIntoTheJdkAreRefused() throws ObjectStreamException {
        Payload payload = codec.encode(new javax.management.BadAttributeValueExpException("x"));

        assertThatThrownBy(() -> codec.decode(payload))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining(
                        "filter of the pool rejected class javax.management.BadAttributeValueExpException at depth 1");
    }

    @Test
    void theUsersFilterRefusesAndAllows() throws ObjectStreamException {
        TaskCodec strict = new TaskCodec(
                TaskCodecTest.class.getClassLoader(), TaskCodec.filter("!dev.fleche.processes.TaskCodecTest$Point"));
        Payload point = codec.encode(new Point(1, null));

        assertThatThrownBy(() -> strict.decode(point)).isInstanceOf(ObjectStreamException.class);
        assertThat(strict.decode(codec.encode(Optional.class))).isEqualTo(Optional.class);
    }

    @Test
    void aClassThatIsNotThereIsNamedWithTheWayOut() throws ObjectStreamException {
        TaskCodec elsewhere = new TaskCodec(ClassLoader.getPlatformClassLoader(), null);
        Payload point = codec.encode(new Point(1, null));

        assertThatThrownBy(() -> elsewhere.decode(point))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("no class " + Point.class.getName() + " at the receiving end")
                .hasMessageContaining("workers have the class path of the program");
    }

    @Test
    void aClassOfAnotherVersionIsRefused() {
        TaskClasses classes = new TaskClasses(TaskCodecTest.class.getClassLoader());

        assertThatThrownBy(() -> classes.find(Unwilling.class.getName(), 2))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("replaced meanwhile");
    }
}
