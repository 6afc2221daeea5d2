package dev.fleche.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.fleche.digest.CollectionKind;
import java.lang.management.ManagementFactory;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the default codec does with bytes that somebody made to harm. */
class HostileBytesTest {

    record Positive(int number) {
        Positive {
            if (number <= 0) {
                throw new IllegalArgumentException("expected a positive number, found " + number);
            }
        }
    }

    record Failing(int number) {
        Failing {
            if (number == 1) {
                throw new AssertionError("one");
            }
            if (number == 2) {
                throw new StackOverflowError("two");
            }
        }
    }

    record Rude(int number) {
        @Override
        public int hashCode() {
            throw new AssertionError("rude");
        }
    }

    record Bare() {}

    record Tagged(Object part) {}

    private static final TypeContext CONTEXT = TypeContext.of(
            HostileBytesTest.class.getClassLoader(),
            List.of(Positive.class, Failing.class, Rude.class, Bare.class, Tagged.class),
            List.of());

    /** What an exception with its stack trace, the tables of classes and the like may take. */
    private static final long CONSTANT = 1 << 18;

    @Test
    void everyFirstByteIsHarmless() {
        for (int tag = 0; tag < 256; tag++) {
            int first = tag;
            for (int next : new int[] {0, 1, 0x7F, 0x80, 0xFF}) {
                decodeOrRefuse(sink -> {
                    sink.writeByte(first);
                    for (int i = 0; i < 40; i++) {
                        sink.writeByte(next);
                    }
                });
            }
        }
    }

    @Test
    void aLengthBeyondTheBytesIsRefusedBeforeAnythingIsAllocated() {
        for (int tag = Tag.BOOLEANS; tag <= Tag.DOUBLES; tag++) {
            int array = tag;
            for (int length : new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE / 8 + 1, 100, -1}) {
                refuses("elements", sink -> {
                    sink.writeInt(array);
                    sink.writeInt(length);
                    sink.writeLong(0);
                });
            }
        }
    }

    @Test
    void aCountBeyondTheBytesIsRefused() {
        for (long count : new long[] {2, 1L << 31, 1L << 32, Long.MAX_VALUE}) {
            refuses("bytes for each of", collection(CollectionKind.ARRAY_LIST, count, 0));
            refuses("bytes for each of", collection(CollectionKind.HASH_MAP, count, 0, 0, 0));
            refuses("bytes for each of", sink -> {
                sink.writeByte(Tag.OBJECTS);
                sink.writeCount(2L * KnownTypes.code(Object.class));
                sink.writeCount(count);
                sink.writeByte(0);
            });
            refuses("more", sink -> {
                sink.writeByte(Tag.STRING);
                sink.writeCount(count | 1);
                sink.writeByte(0);
            });
        }
    }

    @Test
    void containersCannotClaimTheSameBytes() {
        int depth = 900;
        int length = 100_000;

        long allocated = allocatedBy(refused("bytes for each of", sink -> {
            for (int i = 0; i < depth; i++) {
                sink.writeByte(Tag.COLLECTION);
                sink.writeByte(CollectionKind.ARRAY_LIST.code());
                sink.writeCount(length - 10L * depth);
            }
            sink.writeBytes(new byte[length]);
        }));

        assertThat(allocated).isLessThan(20L * length);
    }

    @Test
    void whatIsAllocatedIsBoundedByTheBytes() {
        List<Consumer<PayloadSink>> smallest = new ArrayList<>();
        for (CollectionKind kind : CollectionKind.values()) {
            if (!CollectionBuilder.isOfEnum(kind)) {
                smallest.add(full(kind, 0));
                smallest.add(full(kind, 1));
            }
        }
        smallest.add(sink -> sink.writeShort(Tag.RECORD | 1 << 8));
        smallest.add(sink -> sink.writeLong(Tag.INTS));
        smallest.add(sink -> sink.writeShort(Tag.STRING));
        smallest.add(sink -> sink.writeShort(Tag.BIT_SET));
        smallest.add(sink -> sink.writeShort(Tag.OPTIONAL | Tag.TRUE << 8));
        for (Consumer<PayloadSink> element : smallest) {
            Value value = repeated(element, 20_000);

            long allocated = allocatedBy(() -> Codecs.standard().decode(value, CONTEXT));
            assertThat(allocated)
                    .as("bytes for %d bytes of %s", value.size(), decodedClass(value))
                    .isLessThan(CONSTANT + (long) StandardCodec.MAX_EXPANSION * value.size());
        }
    }

    /** Returns a list of a bare record, so that its class has the number 0, and elements. */
    private static Value repeated(Consumer<PayloadSink> element, int count) {
        return value(sink -> {
            sink.writeByte(Tag.COLLECTION);
            sink.writeByte(CollectionKind.ARRAY_LIST.code());
            sink.writeCount(count + 1);
            new Encoder(CONTEXT, sink).encode(new Bare());
            for (int i = 0; i < count; i++) {
                element.accept(sink);
            }
        });
    }

    private static Class<?> decodedClass(Value repeated) {
        List<?> list = Objects.requireNonNull((List<?>) Codecs.standard().decode(repeated, CONTEXT));
        return list.get(1).getClass();
    }

    @Test
    void depthIsLimited() {
        for (int tag : new int[] {Tag.OPTIONAL, Tag.ENTRY}) {
            refuses("at most 1000 values within each other", sink -> {
                for (int i = 0; i < 1_000_000; i++) {
                    sink.writeByte(tag);
                    if (tag == Tag.ENTRY) {
                        sink.writeByte(0);
                    }
                }
            });
        }
    }

    @Test
    void arraysHaveFewDimensions() {
        refuses("at most 16 dimensions", sink -> {
            sink.writeByte(Tag.CLASS);
            for (int i = 0; i < 200; i++) {
                sink.writeCount(ClassWriter.ARRAY);
            }
            sink.writeCount(2L * KnownTypes.code(int.class));
        });
    }

    @Test
    void classesThatAreNoElementsOfArraysAreRefused() {
        refuses("the class of an array's elements", sink -> {
            sink.writeByte(Tag.OBJECTS);
            sink.writeCount(2L * KnownTypes.code(int.class));
            sink.writeCount(0);
        });
        refuses("the class of an array's elements", sink -> {
            sink.writeByte(Tag.CLASS);
            sink.writeCount(ClassWriter.ARRAY);
            sink.writeCount(2L * KnownTypes.code(void.class));
        });
    }

    @Test
    void aClassIsNeverLoadedByName() {
        refuses("found \"javax.script.ScriptEngineManager\"", sink -> {
            sink.writeByte(Tag.CLASS);
            sink.writeCount(1);
            sink.writeByte(ClassDescription.PLAIN);
            sink.writeString("javax.script.ScriptEngineManager");
        });
    }

    @Test
    void equalElementsAndKeysAreDamage() {
        for (CollectionKind kind : CollectionKind.values()) {
            if (CollectionBuilder.isOfEnum(kind)) {
                continue;
            }
            Value twice = value(full(kind, 2));
            if (kind.family() == CollectionKind.Family.MAP || kind.family() == CollectionKind.Family.SET) {
                assertThatThrownBy(() -> Codecs.standard().decode(twice, CONTEXT))
                        .as("%s", kind)
                        .isInstanceOf(CodecException.class);
            } else {
                assertThat(Codecs.standard().decode(twice, CONTEXT)).hasToString("[true, true]");
            }
        }
    }

    @Test
    void elementsThatCannotBeComparedAreDamage() {
        refuses(
                "ClassCastException",
                collection(CollectionKind.TREE_SET, 2, Tag.TRUE, Tag.BOOLEANS, 0, 0, 0, 0, 0, 0, 0));
        refuses("NullPointerException", collection(CollectionKind.TREE_MAP, 1, Tag.NULL, Tag.NULL));
        refuses("NullPointerException", collection(CollectionKind.ARRAY_DEQUE, 1, Tag.NULL));
    }

    @Test
    void aConstantThatIsGoneIsDamage() {
        refuses("MITTWOCH", sink -> {
            sink.writeByte(Tag.ENUM);
            sink.writeCount(2L * KnownTypes.code(DayOfWeek.class));
            sink.writeString("MITTWOCH");
        });
    }

    @Test
    void whatAConstructorThrowsIsDamage() {
        refuses(
                "the constructor of the record " + Positive.class.getName()
                        + " threw java.lang.IllegalArgumentException: expected a positive number, found -5",
                record(Positive.class, -5));
        refuses("java.lang.AssertionError: one", record(Failing.class, 1));
        refuses("java.lang.StackOverflowError: two", record(Failing.class, 2));
        refuses(
                "java.lang.AssertionError: rude",
                collection(CollectionKind.HASH_SET, 1).andThen(record(Rude.class, 1)));
    }

    @Test
    void aRecordOfAnotherShapeIsDamage() {
        String message = "it was stored before the class was changed";
        refuses(message, record(Positive.class, ClassDescription.RECORD, Tag.INT, "number"));
        refuses(message, record(Positive.class, ClassDescription.RECORD, 5, "count"));
        refuses(message, record(Positive.class, ClassDescription.ENUM, 5, "number"));
        refuses(message, record(Bare.class, ClassDescription.RECORD, 5, "number"));
    }

    @Test
    void aPartOfTheWrongTypeIsDamage() {
        refuses("ArrayStoreException", sink -> {
            sink.writeByte(Tag.OBJECTS);
            sink.writeCount(2L * KnownTypes.code(String.class));
            sink.writeCount(1);
            sink.writeByte(Tag.TRUE);
        });
    }

    private static Consumer<PayloadSink> record(Class<?> type, int number) {
        return record(type, ClassDescription.RECORD, Primitives.code(int.class), "number")
                .andThen(sink -> sink.writeInt(number));
    }

    private static Consumer<PayloadSink> record(Class<?> type, int kind, int component, String name) {
        return sink -> {
            sink.writeByte(Tag.RECORD);
            sink.writeCount(1);
            sink.writeByte(kind);
            sink.writeString(type.getName());
            sink.writeCount(1);
            sink.writeByte(component);
            sink.writeString(name);
        };
    }

    /** Returns what writes a collection without a comparator. */
    private static Consumer<PayloadSink> collection(CollectionKind kind, long count, int... elements) {
        return sink -> {
            sink.writeByte(Tag.COLLECTION);
            sink.writeByte(kind.code());
            if (CollectionBuilder.isOrdered(kind)) {
                sink.writeByte(0);
            }
            sink.writeCount(count);
            for (int element : elements) {
                sink.writeByte(element);
            }
        };
    }

    /** Returns what writes a collection of {@code count} times {@code true}. */
    private static Consumer<PayloadSink> full(CollectionKind kind, int count) {
        int[] elements = new int[kind.family() == CollectionKind.Family.MAP ? 2 * count : count];
        Arrays.fill(elements, Tag.TRUE);
        return collection(kind, count, elements);
    }

    private static void decodeOrRefuse(Consumer<PayloadSink> payload) {
        try {
            Codecs.standard().decode(value(payload), CONTEXT);
        } catch (CodecException expected) {
            // what bytes at random deserve; anything else fails the test
        }
    }

    private static void refuses(String message, Consumer<PayloadSink> payload) {
        assertThat(allocatedBy(refused(message, payload))).isLessThan(1 << 24);
    }

    private static Runnable refused(String message, Consumer<PayloadSink> payload) {
        Value value = value(payload);
        return () -> assertThatThrownBy(() -> Codecs.standard().decode(value, CONTEXT))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(message);
    }

    private static Value value(Consumer<PayloadSink> payload) {
        PayloadSink sink = new PayloadSink(
                Arrays.copyOf(Codecs.standard().encode(null, CONTEXT, 100).encoded(), Value.HEAD_BYTES),
                Long.MAX_VALUE);
        payload.accept(sink);
        return Value.ofEncoded(sink.toEncoded());
    }

    private static long allocatedBy(Runnable action) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        action.run(); // once before, so that loading classes does not count
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        action.run();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }
}
