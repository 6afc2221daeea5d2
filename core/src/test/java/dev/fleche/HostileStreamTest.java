package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.Forgery;
import dev.fleche.testing.Serial;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams that are damaged, or that no honest sender writes. */
@Timeout(180)
@SuppressWarnings("serial") // what stands for the library's classes here holds what those would
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
            int version,
            @Nullable Memo<?> memo,
            @Nullable List<?> arguments,
            @Nullable Context context) implements Serializable {}

    record FakeMemo(
            int version,
            @Nullable Serializable function,
            int arity,
            @Nullable String types,
            @Nullable Settings settings,
            @Nullable CacheConfig cache,
            @Nullable Context bound)
            implements Serializable {}

    record FakeContext(
            int version,
            @Nullable CacheConfig cache,
            @Nullable Map<?, ?> tags,
            boolean rerun) implements Serializable {}

    record FakeSettings(
            @Nullable String name,
            @Nullable String version,
            @Nullable List<?> allowed,
            boolean strict,
            boolean ignoreReceiver,
            @Nullable Set<?> ignored,
            boolean pathsByName,
            @Nullable ArgumentStoring argumentStoring)
            implements Serializable {}

    record FakeConfig(@Nullable String type, @Nullable Map<?, ?> options) implements Serializable {}

    record FakeStored(@Nullable String hex) implements Serializable {}

    record FakeTask(@Nullable Context context, @Nullable Object task) implements Serializable {}

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

    private static Serializable function() {
        return ADD.body();
    }

    private static String types() {
        return "(Ljava/lang/Integer;Ljava/lang/Integer;)Ljava/lang/Integer;";
    }

    @Test
    void formsAreReadThatHonestStandInsMake() throws Exception {
        Object memo = readAs(
                new FakeMemo(1, function(), 2, types(), ADD.profile().settings(), null, null), "dev.fleche.MemoForm");
        Object call = readAs(new FakeCall(1, ADD, List.of(1, 2), frozen()), "dev.fleche.CallForm");

        assertThat(((Memo<?>) memo).function()).isEqualTo(ADD.function());
        assertThat(((Call<?>) call).call()).isEqualTo(3);
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
    void aCallNeedsAMemoItsArgumentsAndAContext() {
        assertRefused(new FakeCall(1, ADD, List.of(1), frozen()), "dev.fleche.CallForm");
        assertRefused(new FakeCall(1, ADD, List.of(1, 2, 3), frozen()), "dev.fleche.CallForm");
        assertRefused(new FakeCall(1, ADD, null, frozen()), "dev.fleche.CallForm");
        assertRefused(new FakeCall(1, null, List.of(1, 2), frozen()), "dev.fleche.CallForm");
        assertRefused(new FakeCall(1, ADD, List.of(1, 2), null), "dev.fleche.CallForm");
    }

    @Test
    void aFormOfAnotherVersionIsNamed() {
        assertThatThrownBy(() -> readAs(new FakeCall(2, ADD, List.of(1, 2), frozen()), "dev.fleche.CallForm"))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining(
                        "expected serialised form 1, found 2; use one version of Fleche in all processes");
    }

    @Test
    void aMemoNeedsAReferenceOfItsArity() {
        Settings settings = ADD.profile().settings();
        for (int arity : new int[] {-1, 0, 1, 3, 8, 9}) {
            assertRefused(new FakeMemo(1, function(), arity, types(), settings, null, null), "dev.fleche.MemoForm");
        }
        assertRefused(new FakeMemo(1, "text", 2, types(), settings, null, null), "dev.fleche.MemoForm");
        assertRefused(new FakeMemo(1, null, 2, types(), settings, null, null), "dev.fleche.MemoForm");
        assertRefused(new FakeMemo(1, function(), 2, "()V", settings, null, null), "dev.fleche.MemoForm");
        assertRefused(new FakeMemo(1, function(), 2, null, settings, null, null), "dev.fleche.MemoForm");
        assertRefused(new FakeMemo(1, function(), 2, types(), null, null, null), "dev.fleche.MemoForm");
    }

    @Test
    void aSettingThatNoOptionMakesIsRefused() {
        ArgumentStoring all = ArgumentStoring.ALL;
        for (FakeSettings fake : List.of(
                new FakeSettings(" ", null, List.of(), false, false, Set.of(), false, all),
                new FakeSettings(null, "", List.of(), false, false, Set.of(), false, all),
                new FakeSettings(null, null, null, false, false, Set.of(), false, all),
                new FakeSettings(null, null, List.of("java.lang.String"), false, false, Set.of(), false, all),
                new FakeSettings(null, null, List.of(), false, false, Set.of(-1), false, all),
                new FakeSettings(null, null, List.of(), false, false, Set.of("1"), false, all),
                new FakeSettings(null, null, List.of(), false, false, null, false, all),
                new FakeSettings(null, null, List.of(), false, false, Set.of(), false, null))) {
            assertRefused(fake, "dev.fleche.Settings");
        }
    }

    @Test
    void aContextNeedsACacheAndTagsOfText() {
        CacheConfig config = CacheConfig.of("void");
        Map<String, @Nullable String> nothing = new HashMap<>();
        nothing.put("a", null);

        assertRefused(new FakeContext(1, null, Map.of(), false), "dev.fleche.ContextForm");
        assertRefused(new FakeContext(1, config, null, false), "dev.fleche.ContextForm");
        assertRefused(new FakeContext(1, config, Map.of("a", 1), false), "dev.fleche.ContextForm");
        assertRefused(new FakeContext(1, config, Map.of("a", "\ud800"), false), "dev.fleche.ContextForm");
        assertRefused(new FakeContext(1, config, nothing, false), "dev.fleche.ContextForm");
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
    void aStoredArgumentNeedsAnAddress() {
        assertRefused(new FakeStored("../../etc/passwd"), "dev.fleche.StoredArguments$Stored");
        assertRefused(new FakeStored(null), "dev.fleche.StoredArguments$Stored");
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
