package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {

    @TempDir
    private Path directory;

    /** Tells where the directory is. */
    static final class Program {

        public static void main(String[] arguments) {
            System.out.println(CacheDirectory.path().orElseThrow());
        }
    }

    @Test
    void theEnvironmentSaysWhereItIs() {
        try (ChildJvm child = ChildJvm.running(Program.class)
                .after("export XDG_CACHE_HOME='" + directory + "'")
                .start()) {
            assertThat(child.result())
                    .containsExactly(directory.resolve("fleche").toString());
        }
    }

    @Test
    void itIsUnderTheHomeDirectoryOtherwise() {
        for (String environment : new String[] {"unset XDG_CACHE_HOME", "export XDG_CACHE_HOME=relative"}) {
            try (ChildJvm child = ChildJvm.running(Program.class)
                    .withOptions("-Duser.home=" + directory)
                    .after(environment)
                    .start()) {
                assertThat(child.result())
                        .containsExactly(directory.resolve(".cache/fleche").toString());
            }
        }
    }

    @Test
    void itIsMadeForItsOwnerAlone() throws IOException {
        Path made = directory.resolve("a/b/fleche");

        CacheDirectory.create(made);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
    }

    @Test
    void aFileIsOursIfNobodyElseCouldHaveWrittenIt() throws IOException {
        CacheDirectory.create(directory.resolve("fleche"));
        Path file = Files.writeString(directory.resolve("fleche/file"), "text");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(CacheDirectory.isOurs(file)).isTrue();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(CacheDirectory.isOurs(file)).isFalse();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(CacheDirectory.isOurs(file)).isFalse();
    }

    @Test
    void aLinkIsNotOurs() throws IOException {
        CacheDirectory.create(directory.resolve("fleche"));
        Path file = Files.writeString(directory.resolve("fleche/file"), "text");
        Path link = Files.createSymbolicLink(directory.resolve("fleche/link"), file);

        assertThat(CacheDirectory.isOurs(link)).isFalse();
        assertThat(CacheDirectory.isOurs(directory.resolve("fleche/gone"))).isFalse();
    }
}
