package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.code.CodeManifest.Entry;
import dev.fleche.code.CodeManifest.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeManifestTest {

    private static final CodeManifest MANIFEST = new CodeManifest(List.of(
            new Entry(Kind.LIBRARY, "org.lib:lib", "3.6.1"),
            new Entry(Kind.METHOD, "a.Lattice.energy(double)", "0".repeat(64)),
            new Entry(Kind.ROOT, "", "1".repeat(64)),
            new Entry(Kind.CONSTANT, "a.Lattice.TEXT", "é\0\ud800 𝄞")));

    @Test
    void aManifestIsReadAsItWasWritten() {
        assertThat(CodeManifest.parse(MANIFEST.toBytes())).contains(MANIFEST);
        assertThat(CodeManifest.parse(new CodeManifest(List.of()).toBytes())).contains(new CodeManifest(List.of()));
    }

    @Test
    void theBytesAreThoseOfTheFormat() {
        byte[] bytes = new CodeManifest(List.of(new Entry(Kind.LIBRARY, "g:a", "1"))).toBytes();

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("01" + "00000001" + "04" + "0003673a61" + "000131");
    }

    @Test
    void theOrderOfTheEntriesDoesNotShow() {
        List<Entry> reversed = new ArrayList<>(MANIFEST.entries());
        Collections.reverse(reversed);

        assertThat(new CodeManifest(reversed).toBytes()).isEqualTo(MANIFEST.toBytes());
        assertThat(MANIFEST.entries()).extracting(Entry::kind).isSorted();
    }

    @Test
    void aPartStandsThereOnce() {
        Entry entry = new Entry(Kind.LIBRARY, "g:a", "1");

        assertThatThrownBy(() -> new CodeManifest(List.of(entry, new Entry(Kind.LIBRARY, "g:a", "2"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected each part once");
    }

    @Test
    void cutBytesAreNoManifest() {
        byte[] bytes = MANIFEST.toBytes();

        for (int length = 0; length < bytes.length; length++) {
            assertThat(CodeManifest.parse(Arrays.copyOf(bytes, length)))
                    .as("%d bytes", length)
                    .isEmpty();
        }
        assertThat(CodeManifest.parse(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
    }

    @Test
    void damagedBytesAreNoManifestOrAnotherOne() {
        byte[] bytes = MANIFEST.toBytes();

        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = bytes.clone();
                damaged[i] ^= (byte) (1 << bit);

                CodeManifest.parse(damaged)
                        .ifPresent(other -> assertThat(other.toBytes()).isEqualTo(damaged));
            }
        }
    }

    @Test
    void manyEntriesThatAreNotThereTakeNoMemory() {
        assertThat(CodeManifest.parse(HexFormat.of().parseHex("017fffffff"))).isEmpty();
        assertThat(CodeManifest.parse("anything".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void equalManifestsDoNotDiffer() {
        assertThat(MANIFEST.differences(MANIFEST)).isEmpty();
    }

    @Test
    void differencesAreToldInWordsWhatChangedFirst() {
        CodeManifest older = new CodeManifest(List.of(
                entry(Kind.ROOT, "", 1),
                entry(Kind.METHOD, "com.acme.Gone.f()", 1),
                entry(Kind.METHOD, "com.acme.Lattice.<init>(com.acme.Mesh,int)", 1),
                entry(Kind.METHOD, "com.acme.Lattice.energy(double)", 1),
                entry(Kind.METHOD, "com.acme.Lattice.<clinit>()", 1),
                entry(Kind.METHOD, "com.acme.Same.f()", 1),
                entry(Kind.CLASS, "com.acme.Lattice", 1),
                new Entry(Kind.CONSTANT, "com.acme.Lattice.LIMIT", "5"),
                new Entry(Kind.LIBRARY, "org.apache.commons:commons-math3", "3.6.1"),
                new Entry(Kind.LIBRARY, "snapshot", "a".repeat(64)),
                entry(Kind.OPAQUE, "com.acme.Gen", 1)));
        CodeManifest newer = new CodeManifest(List.of(
                entry(Kind.ROOT, "", 2),
                entry(Kind.METHOD, "com.acme.Come.f()", 1),
                entry(Kind.METHOD, "com.acme.Lattice.<init>(com.acme.Mesh,int)", 2),
                entry(Kind.METHOD, "com.acme.Lattice.energy(double)", 2),
                entry(Kind.METHOD, "com.acme.Lattice.<clinit>()", 2),
                entry(Kind.METHOD, "com.acme.Same.f()", 1),
                entry(Kind.CLASS, "com.acme.Lattice", 2),
                new Entry(Kind.CONSTANT, "com.acme.Lattice.LIMIT", "6"),
                new Entry(Kind.LIBRARY, "org.apache.commons:commons-math3", "3.7"),
                new Entry(Kind.LIBRARY, "snapshot", "b".repeat(64)),
                entry(Kind.OPAQUE, "com.acme.Gen", 2)));

        assertThat(newer.differences(older))
                .extracting(Difference::toString)
                .containsExactly(
                        "the function's own code changed",
                        "the static initialiser of Lattice changed",
                        "the constructor Lattice(Mesh,int) changed",
                        "Lattice.energy(double) changed",
                        "the supertypes of Lattice changed",
                        "Lattice.LIMIT 5 → 6",
                        "org.apache.commons:commons-math3 3.6.1 → 3.7",
                        "snapshot aaaaaaaaaaaa → bbbbbbbbbbbb",
                        "com.acme.Gen, which cannot be looked into, changed",
                        "Come.f() is reached now",
                        "Gone.f() is no longer reached");
    }

    private static Entry entry(Kind kind, String name, int version) {
        return new Entry(kind, name, String.valueOf(version).repeat(64));
    }
}
