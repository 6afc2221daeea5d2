package dev.fleche.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.digest.Fixtures.Input;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileContentTest {

    private final Digester digester = new Digester(List::of);

    @TempDir
    private Path directory;

    @Test
    void theContentCountsAndNotTheName() throws Exception {
        Path one = Files.writeString(directory.resolve("one"), "content");
        Path same = Files.writeString(directory.resolve("same"), "content");
        Path other = Files.writeString(directory.resolve("other"), "contents");

        assertThat(content(one))
                .isEqualTo(content(same))
                .isNotEqualTo(content(other))
                .isNotEqualTo(digester.digest(one));
    }

    @Test
    void theDigestHoldsThePlainSha256OfTheFile() throws Exception {
        byte[] bytes = new byte[200_000];
        Path file = Files.write(directory.resolve("file"), bytes);
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        byte[] sum = sha.digest(bytes);

        sha.update(new byte[] {1, 0x27});

        assertThat(content(file)).isEqualTo(Digest.of(sha.digest(sum)));
    }

    @Test
    void aDirectoryIsTheNamesAndContentsOfEverythingBelow() throws Exception {
        Path one = tree("one", "a/b/file", "text");
        Digest digest = content(one);

        assertThat(digest).isEqualTo(content(tree("two", "a/b/file", "text")));
        assertThat(List.of(
                        content(tree("content", "a/b/file", "other")),
                        content(tree("name", "a/b/elif", "text")),
                        content(tree("place", "a/file", "text"))))
                .doesNotHaveDuplicates()
                .doesNotContain(digest);
        Files.createDirectory(one.resolve("empty"));
        assertThat(content(one)).isNotEqualTo(digest);
    }

    @Test
    void aLargeDirectoryIsReadInTheOrderOfItsNames() throws Exception {
        for (int i = 0; i < 300; i++) {
            tree("up", "file" + i, "text" + i);
            tree("down", "file" + (299 - i), "text" + (299 - i));
        }

        assertThat(content(directory.resolve("up"))).isEqualTo(content(directory.resolve("down")));
    }

    @Test
    void aMissingFileHasNoDigest() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> digester.digest(List.of(FileContent.of(missing))))
                .isInstanceOf(UndigestibleException.class)
                .hasMessage("value[0] is the content of " + missing
                        + ", which does not exist; pass a file that can be read");
    }

    @Test
    void aLinkThatLeadsBackIsRefused() throws Exception {
        Path tree = tree("tree", "a/file", "text");
        Files.createSymbolicLink(tree.resolve("a/back"), tree);
        Files.createSymbolicLink(tree.resolve("a/again"), tree);

        assertThatThrownBy(() -> content(tree))
                .isInstanceOf(UndigestibleException.class)
                .hasMessageContaining("which leads back to " + tree.toRealPath());
    }

    @Test
    void aLinkStandsForWhatItLeadsTo() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "content");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        assertThat(content(link)).isEqualTo(content(file));
    }

    @Test
    void aPendingInterruptChangesNothingAndStays() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "content");
        Digest digest = content(file);

        Thread.currentThread().interrupt();
        Digest interrupted = content(file);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted).isEqualTo(digest);
    }

    @Test
    void otherFileSystemsAreReadToo() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "content");
        URI zip = URI.create("jar:" + directory.resolve("files.zip").toUri());
        try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path inside = Files.writeString(archive.getPath("/file"), "content");

            assertThat(content(inside)).isEqualTo(content(file));
            Thread.currentThread().interrupt();
            assertThat(content(inside)).isEqualTo(content(file));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(digester.digest(inside)).isNotEqualTo(digester.digest(file));
        }
    }

    @Test
    void aComponentMarkedContentIsReadToo() throws Exception {
        Path mesh = Files.writeString(directory.resolve("mesh"), "content");
        Path copy = Files.writeString(directory.resolve("copy"), "content");

        assertThat(digester.digest(new Input(mesh, copy.toFile())))
                .isEqualTo(digester.digest(new Input(copy, mesh.toFile())))
                .isNotEqualTo(digester.digest(new Input(mesh, null)));
        assertThatThrownBy(() -> digester.digest(new Input(directory.resolve("missing"), null)))
                .hasMessageStartingWith("value.mesh is the content of ");
    }

    @Test
    void itIsEqualByPath() {
        assertThat(FileContent.of(Path.of("a")))
                .isEqualTo(FileContent.of(Path.of("a")))
                .hasSameHashCodeAs(FileContent.of(Path.of("a")))
                .isNotEqualTo(FileContent.of(Path.of("b")));
    }

    private Digest content(Path path) {
        return digester.digest(FileContent.of(path));
    }

    private Path tree(String name, String file, String text) throws Exception {
        Path path = directory.resolve(name).resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return directory.resolve(name);
    }
}
