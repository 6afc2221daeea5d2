package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.testing.Serial;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The functions of calls and memos that are read, each made once. */
@Timeout(180)
class FunctionFormTest {

    @TempDir
    Path directory;

    record Extra(int a) {}

    static int add(int a, int b) {
        return a + b;
    }

    static Object same(Object a) {
        return a;
    }

    static long widened(long a) {
        return a;
    }

    static int sum(int[][] a, String[] b, List<Integer> c, boolean d) {
        return a.length + b.length + c.size() + (d ? 1 : 0);
    }

    /** A class that another class loader defines once more. */
    public static final class Home implements Supplier<Memo1<Integer, Integer>> {
        static int next(int a) {
            return a + 1;
        }

        @Override
        public Memo1<Integer, Integer> get() {
            return Fleche.of(Home::next);
        }
    }

    private static final Memo2<Integer, Integer, Integer> ADD = Fleche.of(FunctionFormTest::add);

    /** A loader with a {@link Home} of its own. */
    private static final class Twin extends ClassLoader {

        Twin() {
            super(FunctionFormTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            Class<?> known = findLoadedClass(name);
            return known != null
                    ? known
                    : name.equals(Home.class.getName()) ? define(name) : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = Home.class.getResourceAsStream("FunctionFormTest$Home.class")) {
                byte[] bytes = Objects.requireNonNull(in).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        Memo<?> read(byte[] bytes) throws IOException, ClassNotFoundException {
            ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes)) {
                @Override
                protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
                    return Class.forName(description.getName(), false, Twin.this);
                }
            };
            in.setObjectInputFilter(SerialFilter.of(bytes.length));
            return (Memo<?>) in.readObject();
        }
    }

    private static <T> T travelled(T object) throws IOException, ClassNotFoundException {
        return Serial.copy(object, SerialFilter::of);
    }

    @Test
    void aSmallCallIsSmall() throws Exception {
        try (Cache cache = Cache.files(directory);
                Scope scope = Fleche.use(cache)) {
            assertThat(Serial.bytes(ADD.on(1, 2))).hasSizeLessThan(300);
            assertThat(Serial.bytes(ADD)).hasSizeLessThan(250);
        }
    }

    @Test
    void aFunctionIsMadeOnceForAllItsCalls() throws Exception {
        Memo2<Integer, Integer, Integer> versioned = Fleche.of(FunctionFormTest::add, Option.version(7));
        Profile first = travelled(ADD.on(1, 2)).memo().profile();

        assertThat(travelled(ADD.on(3, 4)).memo().profile()).isSameAs(first);
        assertThat(travelled(ADD).profile()).isSameAs(first);
        assertThat(travelled(versioned).profile()).isNotSameAs(first);
        assertThat(travelled(versioned).digest(1, 2)).isEqualTo(versioned.digest(1, 2));
    }

    @Test
    void referencesOfEveryKindTravelByTheirNames() throws Exception {
        List<Memo<?>> plain = List.of(
                Fleche.<String, Integer>of(Integer::parseInt),
                Fleche.of(String::length),
                Fleche.of(Extra::new),
                Fleche.of(Extra::a),
                Fleche.of(FunctionFormTest::sum),
                Fleche.of(Home::next, Option.name("größe 日本"), Option.version("\u0000 €")));
        Memo1<Integer, Long> widened = Fleche.<Integer, Long>of(FunctionFormTest::widened);

        for (Memo<?> memo : plain) {
            FlatReference reference = Objects.requireNonNull(FlatReference.find(memo.body(), memo.arity()));
            assertThat(reference.types()).isEmpty();
            assertThat(reference.typesOrOwn())
                    .isEqualTo(memo.profile().passedTypes().toMethodDescriptorString());
            assertThat(travelled(memo).function()).isEqualTo(memo.function());
            assertThat(travelled(memo).profile().settings())
                    .isEqualTo(memo.profile().settings());
        }
        assertThat(travelled(widened).digest(3)).isEqualTo(widened.digest(3));
        assertThat(travelled(widened).apply(3)).isEqualTo(3L);
    }

    @Test
    void tagsOfAnyScriptTravel() throws Exception {
        try (Scope scope = Fleche.tags("größe", "日本 \ud83d\ude00", "", "")) {
            Call<Integer> copy = travelled(ADD.on(1, 2));

            assertThat(copy.context().tags()).isEqualTo(Context.current().tags());
        }
    }

    @Test
    void allowedClassesTellFunctionsApart() throws Exception {
        Memo1<Object, Object> strings = Fleche.of(FunctionFormTest::same, Option.allow(Home.class));
        Memo1<Object, Object> extras = Fleche.of(FunctionFormTest::same, Option.allow(Extra.class));

        assertThat(travelled(strings).profile().context().contains(Extra.class)).isFalse();
        assertThat(travelled(extras).profile().context().contains(Extra.class)).isTrue();
        assertThat(travelled(extras).profile()).isSameAs(travelled(extras).profile());
    }

    @Test
    void aCapturedValueIsNeverThatOfAnotherCall() throws Exception {
        for (int step = 0; step < 3; step++) {
            int captured = step;
            Memo1<Integer, Integer> memo = Fleche.of((Integer a) -> a + captured, Option.name("capturedStep"));

            assertThat(travelled(memo.in(Cache.voidCache()).on(1)).call()).isEqualTo(1 + step);
        }
    }

    @Test
    void eachClassLoaderHasItsOwnFunctions() throws Exception {
        Memo<?> ours = new Home().get();
        byte[] bytes = Serial.bytes(ours);
        travelled(ours);

        Memo<?> one = new Twin().read(bytes);
        Memo<?> two = new Twin().read(bytes);

        assertThat(List.of(loader(travelled(ours)), loader(one), loader(two))).doesNotHaveDuplicates();
        assertThat(loader(travelled(ours))).isSameAs(loader(ours));
    }

    private static Object loader(Memo<?> memo) {
        return memo.body().getClass().getClassLoader();
    }

    private static WeakReference<ClassLoader> readByATwin(byte[] bytes) throws Exception {
        Twin twin = new Twin();
        assertThat(loader(twin.read(bytes))).isSameAs(twin);
        assertThat(twin.read(bytes).profile()).isSameAs(twin.read(bytes).profile());
        return new WeakReference<>(twin);
    }

    @Test
    void aClassLoaderOutOfUseGoesAlthoughItsFunctionsWereRead() throws Exception {
        byte[] bytes = Serial.bytes(new Home().get());
        WeakReference<ClassLoader> twin = readByATwin(bytes);

        for (int i = 0; i < 500 && twin.get() != null; i++) {
            System.gc();
            LockSupport.parkNanos(10_000_000);
        }

        assertThat(twin.get()).isNull();
    }
}
