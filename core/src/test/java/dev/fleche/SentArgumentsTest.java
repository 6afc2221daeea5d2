package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.codec.CodecException;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import dev.fleche.digest.DigestRule;
import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.Forgery;
import dev.fleche.testing.Serial;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Arguments that travel as the codec encodes them, or else by Java's serialisation. */
@Timeout(180)
class SentArgumentsTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    @TempDir
    Path directory;

    enum Kind {
        ROUND,
        SQUARE
    }

    /** None of these records is serializable. */
    record Point(double x, double y) {}

    @SuppressWarnings("ArrayRecordComponent") // an array inside a record is what is to be sent
    record Scene(
            String name,
            Kind kind,
            List<Point> points,
            Map<String, Point> named,
            Optional<Point> center,
            double[] weights) {

        int size() {
            return points.size();
        }
    }

    /** A class of no record that has a digest, and that only Java's serialisation carries. */
    static final class Grid implements Serializable {

        private static final long serialVersionUID = 1;

        private final int[] cells;

        Grid(int... cells) {
            this.cells = cells;
        }

        @Override
        public String toString() {
            return "grid " + Arrays.toString(cells);
        }
    }

    /** A digest, and no way to another process. */
    static final class Handle {}

    record Extra(int a) {}

    private record Rule<T>(Class<T> type, String name) implements DigestRule<T> {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public Object contentOf(T value) {
            return String.valueOf(value instanceof Grid ? value : name);
        }
    }

    static {
        Fleche.register(new Rule<>(Grid.class, "grid"));
        Fleche.register(new Rule<>(Handle.class, "handle"));
    }

    static String describe(
            Scene scene,
            @Nullable Point point,
            List<Map<Integer, Point>> nested,
            int[] numbers,
            Grid grid,
            long count) {
        RUNS.incrementAndGet();
        return scene.name
                + scene.kind
                + scene.points
                + scene.named
                + scene.center
                + Arrays.toString(scene.weights)
                + point
                + nested
                + Arrays.toString(numbers)
                + grid
                + count;
    }

    static int grown(List<Integer> list) {
        list.add(list.size());
        return list.size();
    }

    static int open(Object any) {
        return RUNS.incrementAndGet();
    }

    static int handled(int a, Handle handle) {
        return a + handle.hashCode();
    }

    static int all(List<Object> list) {
        return list.size();
    }

    static int length(int a) {
        return RUNS.addAndGet(a);
    }

    private static final Memo6<Scene, @Nullable Point, List<Map<Integer, Point>>, int[], Grid, Long, String> DESCRIBE =
            Fleche.of(SentArgumentsTest::describe);
    private static final Memo1<List<Integer>, Integer> GROWN = Fleche.of(SentArgumentsTest::grown);

    private static Scene scene() {
        return new Scene(
                "a",
                Kind.SQUARE,
                List.of(new Point(1, 2), new Point(-0.0, Double.NaN)),
                Map.of("p", new Point(3, 4)),
                Optional.of(new Point(5, 6)),
                new double[] {0.5, Double.NEGATIVE_INFINITY});
    }

    @SuppressWarnings("NullAway") // the checker does not follow null into a type argument
    private static List<Call<String>> calls(Cache cache) {
        List<Map<Integer, Point>> nested = List.of(Map.of(1, new Point(7, 8)), Map.of());
        return List.of(
                DESCRIBE.in(cache).on(scene(), new Point(0, 1), nested, new int[] {1, 2}, new Grid(3, 4), 5L),
                DESCRIBE.in(cache).on(scene(), null, List.of(), new int[0], new Grid(), -1L),
                DESCRIBE.in(cache).on(scene(), null, nested, new int[5000], new Grid(9), 0L));
    }

    private static <T> T travelled(T object) throws Exception {
        return Serial.copy(object, SerialFilter::of);
    }

    private static <R> Call<R> call(Memo<R> memo, @Nullable Object... arguments) {
        return new Call<>(memo, arguments, Context.current().withCache(Cache.voidCache()));
    }

    private static Value value(Object object) {
        TypeContext context =
                TypeContext.of(SentArgumentsTest.class.getClassLoader(), List.of(object.getClass()), List.of());
        // without the object that an immutable value carries along
        return Value.ofEncoded(
                Codecs.standard().encode(object, context, 1 << 20).encoded());
    }

    @Test
    void argumentsThatAreNotSerializableReachAnotherProcess() throws Exception {
        try (Cache cache = Cache.files(directory.resolve("store"))) {
            List<Call<String>> calls = calls(cache);
            Path file = Files.write(directory.resolve("tasks"), Serial.bytes(new ArrayList<>(calls)));

            List<String> lines = ChildJvm.start(TravelProcess.class, file).result();

            assertThat(calls)
                    .hasSize(3)
                    .allSatisfy(call -> assertThat(lines).contains("result " + call.load() + " " + call.digest()));
        }
    }

    @Test
    void theyHaveTheSameKeyAndLeaveTheSendersObjectsAlone() throws Exception {
        for (Call<String> call : calls(Cache.voidCache())) {
            Call<String> copy = travelled(travelled(call));

            assertThat(copy.digest()).isEqualTo(call.digest());
            assertThat(copy.call()).isEqualTo(call.call());
            assertThat(copy.arguments()[0]).isNotSameAs(call.arguments()[0]);
            assertThat(call.digest())
                    .isIn(calls(Cache.voidCache()).stream().map(Call::digest).toList());
        }
    }

    @Test
    void anArgumentThatArrivedIsOneObjectFromThenOn() throws Exception {
        List<Integer> mine = new ArrayList<>(List.of(0));
        Call<Integer> copy = travelled(GROWN.in(Cache.voidCache()).on(mine));

        assertThat(copy.call()).isEqualTo(2);
        assertThat(copy.call()).isEqualTo(3);
        assertThat(travelled(copy).call()).isEqualTo(4);
        assertThat(mine).containsExactly(0);
    }

    @Test
    void nothingIsDecodedBeforeItIsNeeded() throws Exception {
        RUNS.set(0);
        Memo1<Object, Integer> open = Fleche.of(SentArgumentsTest::open);
        Call<Integer> foreign = call(open, new EncodedArgument(value(new Extra(1))));

        Call<Integer> copy = travelled(travelled(foreign));

        for (Call<Integer> each : List.of(copy, foreign)) {
            assertThatThrownBy(each::call)
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("argument 0 (")
                    .hasMessageContaining("of SentArgumentsTest.open")
                    .hasMessageContaining("Extra")
                    .hasMessageContaining("use the same version of the program in all processes");
            assertThatThrownBy(each::digest).isInstanceOf(CodecException.class);
        }
        assertThat(RUNS).hasValue(0);
    }

    @Test
    void theFunctionDecidesWhichClassesComeBack() throws Exception {
        Memo1<Object, Integer> open =
                Fleche.of(SentArgumentsTest::open, Option.allow(Extra.class), Option.name("allowing"));

        Call<Integer> copy = travelled(open.in(Cache.voidCache()).on(new Extra(1)));

        assertThat(copy.arguments()).containsExactly(new Extra(1));
    }

    @Test
    void anArgumentOfAnotherTypeIsRefused() throws Exception {
        RUNS.set(0);
        Call<Integer> copy = travelled(call(Fleche.of(SentArgumentsTest::length), new EncodedArgument(value("text"))));

        assertThatThrownBy(copy::call)
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("to be a java.lang.Integer, found a java.lang.String");
        assertThat(RUNS).hasValue(0);
    }

    @Test
    void bytesThatNoCodecWritesAreRefused() throws Exception {
        Memo1<List<Integer>, Integer> memo = GROWN.in(Cache.voidCache());
        byte[] honest = value(new ArrayList<>(List.of(1, 2, 3))).encoded();
        for (int i = Value.HEAD_BYTES; i < honest.length; i++) {
            for (byte other : new byte[] {0, 0x7f, -1}) {
                byte[] forged = honest.clone();
                forged[i] = other;
                Call<Integer> copy = travelled(call(memo, new EncodedArgument(Value.ofEncoded(forged))));
                try {
                    assertThat(copy.arguments()[0]).isInstanceOf(List.class);
                } catch (CodecException e) {
                    assertThat(e).hasMessageContaining("argument 0");
                }
            }
        }
    }

    @Test
    void aCodecThatIsNotThereIsNamed() throws Exception {
        byte[] encoded = value(1).encoded().clone();
        encoded[1] = 'x';
        Call<Integer> copy =
                travelled(call(Fleche.of(SentArgumentsTest::length), new EncodedArgument(Value.ofEncoded(encoded))));

        assertThatThrownBy(copy::call).isInstanceOf(CodecException.class).hasMessageContaining("the codec xleche");
    }

    @Test
    void aLargeArgumentThatIsDamagedIsRefused() throws Exception {
        byte[] stream = Serial.bytes(GROWN.in(Cache.voidCache()).on(list(0x01020304, 5000)));
        byte[] text = new byte[] {4, 3, 2, 1};
        assertThat(new String(stream, StandardCharsets.ISO_8859_1))
                .contains(new String(text, StandardCharsets.ISO_8859_1));
        byte[] damaged = Forgery.replaced(stream, 0x04030201, 0x04030200);

        assertThatThrownBy(() -> Serial.object(damaged, SerialFilter::of))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("expected an argument as it was sent");
    }

    private static List<Integer> list(int first, int length) {
        List<Integer> list = new ArrayList<>(List.of(first));
        while (list.size() < length) {
            list.add(list.size());
        }
        return list;
    }

    @Test
    void anArgumentThatNothingCarriesIsNamed() {
        Memo2<Integer, Handle, Integer> handled = Fleche.of(SentArgumentsTest::handled);

        assertThatThrownBy(() -> travelled(handled.in(Cache.voidCache()).on(1, new Handle())))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("expected argument 1 (")
                .hasMessageContaining("of SentArgumentsTest.handled")
                .hasMessageContaining(Handle.class.getName() + ", which is not serializable")
                .hasMessageContaining("make it a record of values that the codec knows, or let its class implement"
                        + " java.io.Serializable");
    }

    @Test
    void aPartThatNothingCarriesIsNamed() {
        Memo1<List<Object>, Integer> all = Fleche.of(SentArgumentsTest::all);

        assertThatThrownBy(() -> travelled(all.in(Cache.voidCache()).on(new ArrayList<>(List.of(1, new Handle())))))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("expected argument 0 (")
                .hasMessageContaining(Handle.class.getName() + ", which is not serializable");
    }

    @Test
    void aCapturedReceiverIsNamedAndIsCarriedAsTheFirstArgument() throws Exception {
        Scene scene = scene();
        Memo0<Integer> bound = Fleche.of(scene::size);
        Memo1<Scene, Integer> remedy = Fleche.of(Scene::size);

        assertThatThrownBy(() -> travelled(bound.in(Cache.voidCache()).on()))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("expected the receiver of SentArgumentsTest$Scene.size")
                .hasMessageContaining("found " + Scene.class.getName() + ", which is not")
                .hasMessageContaining("pass it as the first argument, by a memo of Type::method");
        assertThat(travelled(remedy.in(Cache.voidCache()).on(scene)).call()).isEqualTo(2);
    }

    @Test
    void whatALambdaCapturedIsNamed() {
        Point point = new Point(1, 2);
        Memo1<Double, Double> memo = Fleche.of((Double a) -> a + point.x, Option.name("moved"));

        assertThatThrownBy(() -> travelled(memo))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("expected what the lambda captured of SentArgumentsTest.moved")
                .hasMessageContaining("pass it as an argument");
    }
}
