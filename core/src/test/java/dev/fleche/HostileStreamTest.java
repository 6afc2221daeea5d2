package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.codec.CodecException;
import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.Forgery;
import dev.fleche.testing.Serial;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams that are damaged, or that no honest sender writes. */
@Timeout(180)
@SuppressWarnings({"serial", "ArrayRecordComponent"}) // what stands for our classes here holds what those would
class HostileStreamTest {

    private static final String HERE = HostileStreamTest.class.getName() + "$";

    static int add(int a, int b) {
        return a + b;
    }

    private static final Memo2<Integer, Integer, Integer> ADD = Fleche.of(HostileStreamTest::add);

    /** Stand-ins, to be renamed in the stream to what they pretend to be. */
    static final class Bare implements Serializable {
        private static final long serialVersionUID = 1;
    }

    static class BareMemo implements Serializable {
        private static final long serialVersionUID = 1;
    }

    static final class BareMemo2 extends BareMemo {
        private static final long serialVersionUID = 1;
    }

    record FakeCall(
            byte @Nullable [] flat,
            @Nullable Class<?> home,
            @Nullable Object @Nullable [] objects) implements Serializable {}

    record FakeContext(byte @Nullable [] flat) implements Serializable {}

    record FakeConfig(@Nullable String type, @Nullable Map<?, ?> options) implements Serializable {}

    record FakeTask(@Nullable Context context, @Nullable Object task) implements Serializable {}

    private static final Memo2<Integer, Integer, Integer> CAPTURING = capturing(5);

    private static Memo2<Integer, Integer, Integer> capturing(int step) {
        return Fleche.of((Integer a, Integer b) -> a + b + step, Option.name("capturing"), Option.version("1"));
    }

    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        return Serial.object(bytes, SerialFilter::of);
    }

    /** Reads {@code fake} as if it were of the class {@code name}. */
    private static Object readAs(Object fake, String name) throws IOException, ClassNotFoundException {
        return read(Forgery.renamed(Serial.bytes(fake), fake.getClass().getName(), name));
    }

    private static void assertRefused(Object fake, String name) {
        assertThatThrownBy(() -> readAs(fake, name))
                .as("%s as %s", fake, name)
                .isInstanceOfAny(InvalidObjectException.class, ClassCastException.class);
    }

    private static Context frozen() {
        return Context.current().withCache(Cache.voidCache());
    }

    private static CallForm form(Memo<?> memo, Object... arguments) throws NotSerializableException {
        return CallForm.of(memo.in(Cache.voidCache()), arguments, frozen());
    }

    private static Object readCall(byte @Nullable [] flat, @Nullable Class<?> home, @Nullable Object... objects)
            throws IOException, ClassNotFoundException {
        return readAs(new FakeCall(flat, home, objects.length == 0 ? null : objects), "dev.fleche.CallForm");
    }

    private static void assertCallRefused(
            byte @Nullable [] flat, @Nullable Class<?> home, @Nullable Object... objects) {
        assertThatThrownBy(() -> readCall(flat, home, objects))
                .as("%s in %s with %s", Arrays.toString(flat), home, objects.length)
                .isInstanceOfAny(InvalidObjectException.class, ClassCastException.class);
    }

    /** Returns what {@code content} writes, with the version before it and the right checksum after it. */
    private static byte[] sealed(Consumer<FlatWriter> content) {
        FlatWriter out = FlatWriter.ofForm();
        content.accept(out);
        return out.toForm();
    }

    /** Returns the content of a form, without version and checksum. */
    private static byte[] content(byte[] form) {
        return Arrays.copyOfRange(form, 1, form.length - Integer.BYTES);
    }

    private static byte[] resealed(byte[] content) {
        return sealed(out -> out.write(content));
    }

    @Test
    void formsAreReadThatHonestStandInsMake() throws Exception {
        CallForm call = form(ADD, 1, 2);
        CallForm capturing = form(CAPTURING, 1, 2);

        assertThat(((Call<?>) readCall(resealed(content(call.flat())), call.home())).call())
                .isEqualTo(3);
        assertThat(((Call<?>) readCall(capturing.flat(), null, Objects.requireNonNull(capturing.objects()))).call())
                .isEqualTo(8);
    }

    @Test
    void theClassesThemselvesAreNeverRead() {
        assertRefused(new Bare(), "dev.fleche.Call");
        assertRefused(new Bare(), "dev.fleche.Context");
        assertRefused(new Bare(), "dev.fleche.Memo2");
    }

    @Test
    void aMemoWithItsSuperclassIsNotReadEither() throws Exception {
        byte[] stream = Forgery.renamed(Serial.bytes(new BareMemo2()), HERE + "BareMemo2", "dev.fleche.Memo2");
        byte[] forged = Forgery.renamed(stream, HERE + "BareMemo", "dev.fleche.Memo");

        assertThatThrownBy(() -> read(forged))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("found its fields");
    }

    @Test
    void aCallNeedsAllItsParts() throws Exception {
        CallForm call = form(ADD, 1, 2);
        byte[] content = content(call.flat());

        assertCallRefused(null, call.home());
        assertCallRefused(new byte[0], call.home());
        for (int length = 0; length < content.length; length++) {
            assertCallRefused(resealed(Arrays.copyOf(content, length)), call.home());
        }
        assertCallRefused(resealed(Arrays.copyOf(content, content.length + 1)), call.home());
        assertCallRefused(call.flat(), call.home(), "more");
        assertCallRefused(call.flat(), call.home(), (Object) null);
    }

    @Test
    void aFormOfAnotherVersionIsNamed() throws Exception {
        CallForm call = form(ADD, 1, 2);
        byte[] other = call.flat().clone();
        other[0] = 2;

        assertThatThrownBy(() -> readCall(other, call.home()))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining(
                        "expected serialised form 1, found 2; use one version of Fleche in all processes");
    }

    @Test
    void everyChangeOfAFormIsNoticed() throws Exception {
        CallForm call = form(ADD, 1, 2);
        for (int i = 0; i < call.flat().length; i++) {
            for (int mask : new int[] {1, 0x10, 0x80, 0xff}) {
                byte[] changed = call.flat().clone();
                changed[i] ^= (byte) mask;
                assertCallRefused(changed, call.home());
            }
        }
    }

    /** Whoever can write the checksum can change everything, and gets another call, an exception, or none. */
    @Test
    void aForgedFormMakesNoHalfCall() throws Exception {
        CallForm call = form(ADD, 1, 2);
        byte[] content = content(call.flat());
        for (int i = 0; i < content.length; i++) {
            for (int value = 0; value < 256; value += 5) {
                byte[] changed = content.clone();
                changed[i] = (byte) value;
                assertWholeOrRefused(resealed(changed), call.home());
            }
        }
    }

    private static void assertWholeOrRefused(byte[] flat, @Nullable Class<?> home) throws Exception {
        Call<?> read;
        try {
            read = (Call<?>) readCall(flat, home);
        } catch (InvalidObjectException e) {
            return;
        }
        assertThat(read.function().methodName()).isIn("add", "other");
        try {
            assertThat(read.digest()).isNotNull();
        } catch (CodecException | LostArgumentException e) {
            assertThat(e).hasMessageContaining("expected");
        }
    }

    static int other(int a, int b) {
        return a - b;
    }

    private static final Memo2<Integer, Integer, Integer> OTHER = Fleche.of(HostileStreamTest::other);

    @Test
    void aReferenceIsOnlyFoundInItsOwnClass() throws Exception {
        CallForm call = form(OTHER, 1, 2);
        assertThat(readCall(call.flat(), call.home())).isInstanceOf(Call.class);

        for (Class<?> home : List.of(String.class, ConcurrencyTest.class, Memo.class, int.class, Call[].class)) {
            assertThatThrownBy(() -> readCall(call.flat(), home))
                    .as("in %s", home)
                    .isInstanceOf(InvalidObjectException.class)
                    .hasMessageContaining("found none");
        }
        assertCallRefused(call.flat(), null);
        assertCallRefused(call.flat(), null, OTHER.body());
    }

    @Test
    void aCapturingFunctionMustBeOneOfItsArity() throws Exception {
        CallForm call = form(CAPTURING, 1, 2);
        Fn1<Integer, Integer> unary = Math::abs;

        for (Object body : List.of("text", List.of(), unary, ADD)) {
            assertCallRefused(call.flat(), null, new NamedObject(body, found -> found));
            assertCallRefused(call.flat(), null, body);
        }
        assertCallRefused(call.flat(), null);
    }

    private static byte[] function(Consumer<FlatWriter> settings) {
        FlatWriter part = new FlatWriter();
        part.writeByte(2);
        Objects.requireNonNull(FlatReference.find(ADD.body(), 2)).write(part);
        settings.accept(part);
        byte[] bytes = part.toBytes();
        return sealed(out -> {
            out.writeCount(bytes.length);
            out.write(bytes);
            out.writeCount(0);
            out.writeByte(0);
            out.writeByte(0);
        });
    }

    private static Object readMemo(byte[] flat) throws Exception {
        return readAs(new FakeCall(flat, HostileStreamTest.class, null), "dev.fleche.MemoForm");
    }

    @Test
    void aSettingThatNoOptionMakesIsRefused() throws Exception {
        assertThat(readMemo(function(settings(0, 0)))).isInstanceOf(Memo2.class);

        for (int[] bytes : new int[][] {
            // flags, and what they announce; flags of the code, and what they announce
            {1, 2, ' ', 0},
            {2, 0, 0},
            {0},
            {0xc0, 0},
            {8, 0},
            {0x10, 1, 2, 0},
            {0x10, 0xff, 0xff, 0xff, 0xff, 7},
            {0, 3},
            {0, 0x0c},
            {0, 0x80},
            {0, 0x40, 1, 0},
            {0, 0x40, 0, 0xff, 0xff, 0xff, 0xff, 7},
            {0, 0x20, 1, 6, 'b', 'a', 'd'},
            {0, 0x20, 0xff, 0xff, 0xff, 0xff, 7},
            {0, 0, 0}
        }) {
            assertThatThrownBy(() -> readMemo(function(settings(bytes)))).isInstanceOf(InvalidObjectException.class);
        }
    }

    private static Consumer<FlatWriter> settings(int... bytes) {
        return out -> Arrays.stream(bytes).forEach(out::writeByte);
    }

    private static byte[] context(Consumer<FlatWriter> rest) {
        return sealed(out -> {
            out.writeByte(0);
            rest.accept(out);
        });
    }

    @Test
    void aContextNeedsACacheAndTagsOfText() throws Exception {
        Consumer<FlatWriter> cache = out -> {
            out.writeText("void");
            out.writeCount(0);
        };
        assertThat(readAs(new FakeContext(context(cache.andThen(out -> out.writeCount(0)))), "dev.fleche.ContextForm"))
                .isInstanceOf(Context.class);

        for (Consumer<FlatWriter> rest : List.<Consumer<FlatWriter>>of(
                out -> {},
                cache,
                cache.andThen(out -> out.writeTexts(Map.of("a", "\ud800"))),
                cache.andThen(out -> out.writeTexts(Map.of("\udc00", "a"))),
                cache.andThen(out -> out.writeCount(Integer.MAX_VALUE)),
                out -> {
                    out.writeText("sql");
                    out.writeTexts(Map.of("password", "hunter2"));
                    out.writeCount(0);
                })) {
            assertRefused(new FakeContext(context(rest)), "dev.fleche.ContextForm");
        }
        assertRefused(new FakeContext(null), "dev.fleche.ContextForm");
    }

    @Test
    void aConfigurationNeedsATypeAndOptionsOfTextAndNoSecret() {
        String name = CacheConfig.class.getName();

        assertRefused(new FakeConfig(null, Map.of()), name);
        assertRefused(new FakeConfig("files", null), name);
        assertRefused(new FakeConfig("files", Map.of("path", 1)), name);
        assertRefused(new FakeConfig("sql", Map.of("password", "hunter2")), name);
    }

    @Test
    void aBoundTaskNeedsATaskAndAContext() throws Exception {
        // the stand-in's second part has another declared type, so that it counts as absent
        assertRefused(new FakeTask(frozen(), null), "dev.fleche.BoundTask$TravellingCall");
        assertRefused(new FakeTask(null, null), "dev.fleche.BoundTask$TravellingRun");
    }

    @Test
    void aStreamThatBreaksOffIsNoCall() throws Exception {
        byte[] bytes = Serial.bytes(ADD.in(Cache.voidCache()).on(1, 2));

        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(part)).as("%s bytes", part.length).isInstanceOf(IOException.class);
        }
    }

    /** Whatever a changed byte does, it ends in an exception or in a call that is whole. */
    @Test
    void aChangedByteMakesNoHalfCall() throws Exception {
        byte[] bytes = Serial.bytes(ADD.in(Cache.voidCache()).on(1, 2));
        int refused = 0;
        for (int i = 0; i < bytes.length; i++) {
            for (int mask : new int[] {1, 0x10, 0x80, 0xff}) {
                byte[] changed = bytes.clone();
                changed[i] ^= (byte) mask;
                refused += isRefused(changed) ? 1 : 0;
            }
        }

        assertThat(refused).isGreaterThan(bytes.length * 3);
    }

    private static boolean isRefused(byte[] changed) {
        Object read;
        try {
            read = read(changed);
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
            return true;
        }
        if (read instanceof Call<?> call) {
            assertThat(call.function()).isEqualTo(ADD.function());
            assertThat(call).hasToString("call of " + ADD.function() + " with 2 arguments");
        }
        return false;
    }
}
