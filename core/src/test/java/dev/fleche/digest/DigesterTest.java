package dev.fleche.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DigesterTest {

    private static final FunctionId ADD = new FunctionId("com.acme.Maths", "add", List.of("int", "int"));

    private final Digester digester = new Digester(List::of);
    private final Digest add = digester.function(ADD, null, null);

    @Test
    void aDigestIsTheSha256OfTheVersionAndTheEncoding() throws Exception {
        byte[] encoding = {1, 0x06, 42, 0, 0, 0};

        Digest digest = digester.digest(42);

        assertThat(digest.toBytes())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(encoding));
    }

    @Test
    void aKeyDependsOnFunctionAndArguments() {
        Digest key = key(add, 1, 2);

        assertThat(key).isEqualTo(key(add, 1, 2));
        assertThat(List.of(
                        key(add, 2, 1),
                        key(add, 1),
                        key(add, 1L, 2),
                        key(add, List.of(1, 2)),
                        key(add, 1, 2, null),
                        key(digester.function(ADD, "1", null), 1, 2),
                        key(digester.function(ADD, null, add), 1, 2)))
                .doesNotHaveDuplicates()
                .doesNotContain(key);
    }

    @Test
    void longArgumentsAreDigestedOnTheWay() {
        int[] mesh = new int[10_000];

        KeyDigests digests = digester.key(add, new Object[] {1, mesh, "short"});

        assertThat(digests.arguments()).isEqualTo(Map.of(1, digester.digest(mesh)));
        assertThat(digester.key(add, new Object[] {1, 2}).arguments()).isEmpty();
    }

    @Test
    void namesTakeNoPartInAKey() {
        KeyDigests named = digester.key(met -> add, new Object[] {1, 2}, List.of("a", "b"));

        assertThat(named.key()).isEqualTo(key(add, 1, 2));
    }

    private Digest key(Digest function, @Nullable Object... arguments) {
        return digester.key(function, arguments).key();
    }
}
