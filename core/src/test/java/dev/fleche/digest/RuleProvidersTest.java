package dev.fleche.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.digest.Fixtures.Circle;
import dev.fleche.digest.Fixtures.Shape;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleProvidersTest {

    @TempDir
    private Path directory;

    @Test
    void providersAreFoundAndBrokenOnesPassedOver() throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.write(
                services.resolve(DigestRule.class.getName()),
                List.of("com.acme.Missing", Failing.class.getName(), Sound.class.getName()));
        Digester digester = new Digester(RuleProviders::load);

        Digest digest = withContextLoader(() -> digester.digest(new Circle(1)));

        assertThat(digester.digest(new Circle(1))).isEqualTo(digest).isNotEqualTo(digester.digest(new Circle(2)));
    }

    @Test
    void aProviderThatMakesDigestsOnCreationIsRefused() {
        Digester[] digester = new Digester[1];
        digester[0] = new Digester(() -> {
            digester[0].digest(new Circle(1));
            return List.of(new Sound());
        });

        assertThatThrownBy(() -> digester[0].digest(new Circle(1)))
                .isInstanceOf(UndigestibleException.class)
                .hasMessageContaining("expected a DigestRule provider that makes no digests while it is created");
    }

    private Digest withContextLoader(Supplier<Digest> work) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, RuleProvidersTest.class.getClassLoader())) {
            thread.setContextClassLoader(loader);
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A provider that works. */
    public static class Sound implements DigestRule<Shape> {
        @Override
        public Class<Shape> type() {
            return Shape.class;
        }

        @Override
        public String name() {
            return "shape";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public Object contentOf(Shape value) {
            return value.area();
        }
    }

    /** A provider that cannot be created. */
    public static final class Failing extends Sound {
        /** Fails. */
        public Failing() {
            throw new IllegalStateException("broken");
        }
    }
}
