package dev.fleche.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.testing.Samples;
import dev.fleche.testing.Threads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreDirectoryTest {

    private static final String MARKER = "fleche store\nformat 1\ntype files\ncrc32c cd8c1ebf\n";

    @TempDir
    Path parent;

    @Test
    void aNewDirectoryIsCreatedWithItsMarker() {
        Path store = parent.resolve("a/b/store");

        openAndClose(store);

        assertThat(store.resolve("FLECHE")).hasContent(MARKER);
        assertThat(StoreFiles.below(store)).containsExactly("FLECHE");
    }

    @Test
    void anEmptyDirectoryBecomesAStore() {
        openAndClose(parent);

        assertThat(parent.resolve("FLECHE")).hasContent(MARKER);
    }

    @Test
    void aDirectoryOfOtherFilesIsRefusedAndLeftAsItIs() throws IOException {
        Files.writeString(parent.resolve("thesis.txt"), "x");

        assertThatThrownBy(() -> FileStorages.open(parent))
                .isInstanceOf(StorageException.class)
                .hasMessage(parent + " is not a Fleche store, and holds other files; choose an empty directory");
        assertThat(StoreFiles.below(parent)).containsExactly("thesis.txt");
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefused() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "x");

        assertThatThrownBy(() -> StorageProviders.open(StorageProviders.configOf(file)))
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "expected a directory for the store at " + file + ", found a file; choose an empty directory");
        assertThat(file).hasContent("x");
    }

    @Test
    void aForeignMarkerIsRefusedAndLeftAsItIs() throws IOException {
        Path marker = Files.writeString(parent.resolve("FLECHE"), "une flèche");

        assertThatThrownBy(() -> StorageProviders.open(StorageProviders.configOf(parent)))
                .isInstanceOf(StorageException.class)
                .hasMessage("expected the marker of a Fleche store in " + marker
                        + ", found something else; choose an empty directory");
        assertThat(StoreFiles.below(parent)).containsExactly("FLECHE");
    }

    @Test
    void everyDamageToTheMarkerIsRefused() throws IOException {
        byte[] sound = MARKER.getBytes(StandardCharsets.UTF_8);
        Path marker = parent.resolve("FLECHE");
        for (int at = 0; at < sound.length; at++) {
            byte[] flipped = sound.clone();
            flipped[at] ^= 1;
            Files.write(marker, flipped);
            assertThatThrownBy(() -> FileStorages.open(parent))
                    .as("byte %s", at)
                    .isInstanceOf(StorageException.class)
                    .hasMessageStartingWith("expected the marker of a Fleche store in " + marker);

            Files.write(marker, Arrays.copyOf(sound, at));
            assertThatThrownBy(() -> FileStorages.open(parent))
                    .as("length %s", at)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("found damaged bytes; copy the file from another store of the same type");
        }
    }

    @Test
    void aStoreOfALaterFormatIsRefusedAndLeftAsItIs() throws IOException {
        byte[] later = new StoreMarker(2, "files").toBytes();
        Files.write(parent.resolve("FLECHE"), later);

        assertThatThrownBy(() -> StorageProviders.open(StorageProviders.configOf(parent)))
                .isInstanceOf(StorageException.class)
                .hasMessage("expected a store of format 1 in " + parent
                        + ", found format 2; use the version of Fleche that wrote it");
        assertThat(parent.resolve("FLECHE")).hasBinaryContent(later);
        assertThat(StoreFiles.below(parent)).containsExactly("FLECHE");
    }

    @Test
    void aStoreOfAnotherTypeIsRefusedByName() throws IOException {
        Files.write(parent.resolve("FLECHE"), new StoreMarker(1, "lmdb").toBytes());

        assertThatThrownBy(() -> FileStorages.open(parent))
                .isInstanceOf(StorageException.class)
                .hasMessage("expected a store of type files in " + parent + ", found type lmdb; open it as that type");
    }

    @Test
    void aConfigurationWithoutPathIsRefused() {
        assertThatThrownBy(() -> StorageProviders.open(CacheConfig.of("files")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected the option path for storages of type files: the store's directory");
        assertThatThrownBy(() -> StorageProviders.open(
                        CacheConfig.of("files").with("path", "x").with("paths", "y")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("option paths is unknown to storages of type files; known: durability, path");
    }

    @Test
    void aMarkerThatWasNeverFinishedIsNoForeignFile() throws IOException {
        Files.writeString(parent.resolve("FLECHE." + UUID.randomUUID()), "fleche st");

        StoreFiles.sweep(parent);

        assertThat(StoreFiles.below(parent)).containsExactly("FLECHE");
    }

    @Test
    void manyThatCreateOneStoreAtOnceAllSucceed() {
        for (int round = 0; round < 20; round++) {
            Path store = parent.resolve("store" + round);

            Threads.inParallel(8, thread -> {
                Storages storages = FileStorages.open(store);
                storages.calls().putIfAbsent(Samples.record(thread));
                storages.calls().close();
                storages.values().close();
            });

            try (CallStorage calls = FileStorages.open(store).calls()) {
                assertThat(calls.records()).hasSize(8);
            }
        }
    }

    @Test
    void filesAreForTheirOwnerAlone() throws IOException {
        Path store = parent.resolve("store");

        fill(store);

        assertThat(permissions(store)).isEqualTo("rwx------");
        assertThat(modes(store, true)).containsOnly("rwx------");
        assertThat(modes(store, false)).containsOnly("rw-------");
    }

    @Test
    void aDirectoryThatItsGroupMayWriteIsSharedWithTheGroup() throws IOException {
        Path store = Files.createDirectory(parent.resolve("store"));
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwxrwx---"));

        fill(store);

        assertThat(modes(store, true)).containsOnly("rwxrwx---");
        assertThat(modes(store, false)).containsOnly("rw-rw----");
        assertThat(((int) Files.getAttribute(store.resolve("calls"), "unix:mode")) & 02000)
                .isNotZero();
        for (String name : StoreFiles.below(store)) {
            assertThat(Files.getAttribute(store.resolve(name), "unix:gid"))
                    .isEqualTo(Files.getAttribute(store, "unix:gid"));
        }
    }

    /** Stores so that there is a file of every kind, and looks before closing removes some. */
    private void fill(Path store) {
        Storages storages = FileStorages.open(store);
        storages.calls().putIfAbsent(Samples.record(1));
        storages.values().put(Samples.value(1, 5000));
        storages.calls().admit(Samples.key(1), Set.of(Samples.unknownAddress()));
    }

    private static List<String> modes(Path store, boolean directories) throws IOException {
        return StoreFiles.below(store).stream()
                .map(store::resolve)
                .filter(path -> Files.isDirectory(path) == directories)
                .map(StoreDirectoryTest::permissions)
                .toList();
    }

    private static String permissions(Path path) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            return PosixFilePermissions.toString(permissions);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void openAndClose(Path store) {
        Storages storages = FileStorages.open(store);
        storages.values().close();
        storages.calls().close();
    }
}
