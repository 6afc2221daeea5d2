package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fleche.annotation.CodeKey;
import dev.fleche.cache.Cache;
import dev.fleche.code.CodeManifest;
import dev.fleche.code.CodeManifest.Entry;
import dev.fleche.code.CodeManifest.Kind;
import dev.fleche.code.FunctionCode;
import dev.fleche.code.ReachedCode;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.digest.MetCode;
import dev.fleche.digest.UndigestibleException;
import dev.fleche.record.CallRecord;
import dev.fleche.testing.LogRecords;
import java.lang.reflect.Executable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeIdentityTest {

    private static final String TEXT = "0".repeat(64);

    @TempDir
    private Path directory;

    /** What an analysis was asked for. */
    private record Question(@Nullable Class<?> receiver, Set<Class<?>> classes) {}

    private final List<Question> asked = new ArrayList<>();

    static int twice(int x) {
        return 2 * x;
    }

    private static Executable method() throws NoSuchMethodException {
        return CodeIdentityTest.class.getDeclaredMethod("twice", int.class);
    }

    private static ReachedCode reached(List<Entry> entries, int methods, String... warnings) {
        CodeManifest all = new CodeManifest(entries);
        CodeManifest own = new CodeManifest(
                entries.stream().filter(entry -> entry.kind() == Kind.ROOT).toList());
        return new ReachedCode(all, own, methods, List.of(), List.of(warnings));
    }

    private CodeIdentity identity(String name, boolean isNameless, FunctionCode code) throws NoSuchMethodException {
        return new CodeIdentity(
                new FunctionId("acme.Physics", name, List.of()),
                null,
                CodeSettings.DEFAULT,
                method(),
                isNameless,
                scope -> (receiver, met) -> {
                    asked.add(new Question(receiver, Set.copyOf(met.classes())));
                    return code.reached(receiver, met);
                });
    }

    private static MetCode met(Class<?>... classes) {
        return new MetCode(Set.of(classes), Set.of());
    }

    @Test
    void codeIsAnalysedOnceForEachSetOfClasses() throws Exception {
        CodeIdentity identity =
                identity("once", false, (receiver, met) -> reached(List.of(new Entry(Kind.ROOT, "", TEXT)), 1));

        for (int i = 0; i < 2; i++) {
            identity.code(null, MetCode.NONE);
            identity.code(null, met(String.class, Integer.class));
            identity.code(null, met(Integer.class, String.class));
            identity.code(null, met(String.class));
            identity.code(String.class, met(String.class));
        }

        assertThat(asked)
                .containsExactly(
                        new Question(null, Set.of()),
                        new Question(null, Set.of(String.class, Integer.class)),
                        new Question(null, Set.of(String.class)),
                        new Question(String.class, Set.of(String.class)));
        assertThat(identity.code(null, met(String.class))).isSameAs(identity.code(null, MetCode.NONE));
    }

    @Test
    void aFailedAnalysisIsAKeyThatCannotBeMade() throws Exception {
        CodeIdentity identity = identity("failing", false, (receiver, met) -> {
            throw new IllegalStateException("no such file");
        });

        assertThatExceptionOfType(UndigestibleException.class)
                .isThrownBy(() -> identity.code(null, MetCode.NONE))
                .withMessage("the code of Physics.failing cannot be analysed: java.lang.IllegalStateException: no such"
                        + " file; choose CodeKey.NONE and state a version for it to be cached");
    }

    @Test
    void aLambdaWhoseCodeCannotBeReadHasNoIdentity() throws Exception {
        CodeIdentity identity = identity(
                "lambda",
                true,
                (receiver, met) -> reached(
                        List.of(new Entry(Kind.ROOT, "", "opaque"), new Entry(Kind.OPAQUE, "acme.Gen", TEXT)),
                        1,
                        "acme.Gen has no class file"));

        assertThatExceptionOfType(UndigestibleException.class)
                .isThrownBy(() -> identity.code(null, MetCode.NONE))
                .withMessage("the lambda Physics.lambda has no name, and its code, which would tell it from others,"
                        + " cannot be read (acme.Gen has no class file); write it as a method and pass Type::method, or"
                        + " name it by Option.name(\"…\")");
    }

    @Test
    void eachWarningIsGivenOnce() throws Exception {
        CodeIdentity identity = identity(
                "warned",
                false,
                (receiver, met) -> reached(List.of(new Entry(Kind.ROOT, "", TEXT)), 1, "acme.Gen has no class file"));

        LogRecords log = new LogRecords("dev.fleche");
        try {
            identity.code(null, MetCode.NONE);
            identity.code(null, met(String.class));

            assertThat(log.warnings()).containsExactly("the code of Physics.warned: acme.Gen has no class file");
        } finally {
            log.close();
        }
    }

    @Test
    void aLargeReachIsToldOnceWithItsLargestPackages() throws Exception {
        List<Entry> entries = new ArrayList<>(List.of(new Entry(Kind.ROOT, "", TEXT)));
        IntStream.range(0, 1999).forEach(i -> entries.add(new Entry(Kind.METHOD, "acme.big.A.m" + i + "()", TEXT)));
        entries.add(new Entry(Kind.METHOD, "acme.small.B.m()", TEXT));
        CodeIdentity identity = identity("large", false, (receiver, met) -> reached(entries, 2001));

        LogRecords log = new LogRecords("dev.fleche");
        try {
            identity.code(null, MetCode.NONE);
            identity.code(null, met(String.class));

            assertThat(log.messages(Level.INFO))
                    .containsExactly("Physics.large reaches 2001 methods, most of them in acme.big (1999), acme.small"
                            + " (1), and a change of any of them makes new keys; Option.codeKey(CodeKey.METHOD) takes"
                            + " its own code alone");
        } finally {
            log.close();
        }
    }

    @Test
    void aRecordLeadsToTheManifestOfItsCode() {
        for (CodeKey key : CodeKey.values()) {
            try (Cache cache = Cache.files(directory.resolve(key.name()))) {
                Memo1<Integer, Integer> memo =
                        Fleche.of(CodeIdentityTest::twice, Option.codeKey(key)).in(cache);

                memo.apply(2);

                CallRecord record = memo.query().latest().orElseThrow().record();
                Digest code = record.codeDigest().orElseThrow();
                CodeManifest manifest = StoredManifests.find(cache, code).orElseThrow();
                assertThat(manifest.entries()).extracting(Entry::kind).contains(Kind.ROOT);
                assertThat(memo.profile().code().function(manifest))
                        .isEqualTo(
                                memo.profile().code().code(null, MetCode.NONE).function());
            }
        }
    }

    @Test
    void aLostManifestIsNoHarm() {
        try (Cache cache = Cache.memory()) {
            assertThat(StoredManifests.find(cache, Digest.of(new byte[32]))).isEmpty();
            assertThat(CallCode.manifest(new byte[] {9, 9})).isEmpty();
            assertThat(CallCode.manifest("text")).isEmpty();
        }
    }

    @Test
    void codeIsKnownByTheReceiverAndWhatWasMet() {
        KnownCode known = new KnownCode();
        CallCode code = new CallCode(
                reached(List.of(new Entry(Kind.ROOT, "", TEXT)), 1), Digest.of(new byte[32]), Digest.of(new byte[32]));

        Class<?>[] types = {String.class, Integer.class, Long.class};
        Arrays.stream(types).forEach(type -> known.add(type, MetCode.NONE, code));

        assertThat(known.find(String.class, MetCode.NONE)).isSameAs(code);
        assertThat(known.find(Short.class, MetCode.NONE)).isNull();
        assertThat(known.find(null, MetCode.NONE)).isNull();
        assertThat(known.find(String.class, met(String.class))).isNull();
    }
}
