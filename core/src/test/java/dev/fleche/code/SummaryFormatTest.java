package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.digest.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryFormatTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                String.class,
                java.util.HashMap.class,
                java.util.concurrent.TimeUnit.class,
                java.time.temporal.ChronoField.class,
                java.lang.invoke.MethodHandles.class,
                java.util.stream.Stream.class,
                SummaryFormatTest.class
            })
    void aSummaryComesBackEqual(Class<?> type) throws Exception {
        ClassSummary summary = ClassSummaries.read(bytes(type));

        assertThat(kept(ClassForm.SUMMARY, summary)).isEqualTo(summary);
    }

    @Test
    void everythingThatASummaryHoldsComesBack() throws Exception {
        Digest text = Digest.of(new byte[Digest.BYTES]);
        EnumSwitch enumSwitch = new EnumSwitch(
                "a/Color", "a/Map$1", "$SwitchMap", new TreeMap<>(Map.of(-1, 0, Integer.MAX_VALUE, 200)), -7);
        Edge edge = new Edge(Edge.Kind.TYPE, "a/\u4e2d", "", "");
        ClassSummary summary = new ClassSummary(
                "a/Odd",
                -1,
                null,
                List.of("a/I", "a/J"),
                "x:I:0",
                Map.of("m()V", new MethodSummary(0x8000, text, List.of(edge, edge), List.of(enumSwitch))),
                Map.of("HALF:Ljava/lang/String;", "\ud800", "EMPTY:Ljava/lang/String;", "", "LATIN", "\u00ff\u0080"),
                List.of("RED", "GREEN"),
                Map.of("$SwitchMap", Map.of(1, "RED", 300, "GREEN")));

        assertThat(kept(ClassForm.SUMMARY, summary)).isEqualTo(summary);
    }

    @Test
    void anOutlineComesBackEqual() throws Exception {
        Outline outline = Outline.read(bytes(java.util.ArrayList.class));

        assertThat(outline.overridable()).contains("size()I").doesNotContain("<init>()V");
        assertThat(kept(ClassForm.OUTLINE, outline)).isEqualTo(outline);
    }

    private static <T> T kept(Form<T> form, T value) throws IOException {
        String key = form.letter() + "key";
        byte[] bytes = PackFormat.encode("maker", "root", Map.of(key, PackEntry.of(null, null, value)));
        return Objects.requireNonNull(
                        PackFormat.decode(bytes, "maker", "root").orElseThrow().get(key))
                .value(form);
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in =
                ClassLoader.getSystemResourceAsStream(type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }
}
