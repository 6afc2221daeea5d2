package dev.fleche.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Codecs that are found as providers, in a class loader of their own so that other tests do not see them. */
class ProvidedCodecsTest {

    /** A codec that knows one value. */
    public static final class Answer implements Codec {

        @Override
        public String name() {
            return "answer";
        }

        @Override
        public int version() {
            return 42;
        }

        @Override
        public boolean reads(int version) {
            return version == 42;
        }

        @Override
        public boolean encode(@Nullable Object value, TypeContext context, PayloadSink sink) {
            return true;
        }

        @Override
        public Object decode(PayloadSource payload, TypeContext context) {
            return "forty-two";
        }
    }

    /** Decodes a value of the provided codec. */
    public static final class KnownName implements Callable<@Nullable Object> {
        @Override
        public @Nullable Object call() {
            Value value = Codecs.of(new Answer()).encode(1, TypeContext.empty(), 100);
            return Codecs.standard().decode(Value.ofEncoded(value.encoded().clone()), TypeContext.empty());
        }
    }

    /** Returns what is said about a codec that is not there. */
    public static final class UnknownName implements Callable<@Nullable Object> {
        @Override
        public @Nullable Object call() {
            byte[] encoded =
                    Codecs.of(new Answer()).encode(1, TypeContext.empty(), 100).encoded();
            encoded[1] = 'b';
            try {
                return Codecs.standard().decode(Value.ofEncoded(encoded), TypeContext.empty());
            } catch (CodecException e) {
                return e.getMessage();
            }
        }
    }

    @TempDir
    private Path directory;

    @BeforeEach
    void provide() throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.write(services.resolve(Codec.class.getName()), List.of("com.acme.Gone", Answer.class.getName()));
    }

    @Test
    void aProvidedCodecReads() throws Exception {
        assertThat(callAlone(KnownName.class)).isEqualTo("forty-two");
    }

    @Test
    void aBrokenProviderIsNamed() throws Exception {
        assertThat(callAlone(UnknownName.class))
                .asString()
                .startsWith("the codec bnswer is not installed")
                .contains("; a provider of codecs is broken: ")
                .contains("com.acme.Gone");
    }

    private @Nullable Object callAlone(Class<? extends Callable<@Nullable Object>> task) throws Exception {
        List<URL> path = new ArrayList<>();
        path.add(directory.toUri().toURL());
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            path.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader alone =
                new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> copy = alone.loadClass(task.getName());
            return ((Callable<?>) copy.getConstructor().newInstance()).call();
        }
    }
}
