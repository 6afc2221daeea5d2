package dev.fleche.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.codec.Value;
import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryUpkeepTest {

    private static final String DEAD = "1-abc-0123456789abcdef";

    @TempDir
    Path directory;

    private FileStore store;
    private Storages storages;
    private Upkeep upkeep;

    @BeforeEach
    void open() throws InterruptedException {
        store = FileStorages.openStore(directory, Durability.FAST);
        store.awaitSweep();
        storages = FileStorages.of(store);
        upkeep = storages.upkeep();
    }

    @AfterEach
    void close() {
        storages.values().close();
        storages.calls().close();
        storages.locks().close();
    }

    private String at(String below) {
        return directory.resolve(below).toString();
    }

    private static Flaw foreign(String place) {
        return new Flaw(Flaw.Kind.FOREIGN, place, "does not belong to the store; move it elsewhere");
    }

    private void leaveBehind() throws IOException {
        for (String area : List.of("temp", "admissions")) {
            Files.createDirectories(directory.resolve(area).resolve(DEAD));
            Files.writeString(directory.resolve(area).resolve(DEAD).resolve("5"), "x");
        }
        Files.createDirectories(directory.resolve("owners"));
        Files.writeString(directory.resolve("owners").resolve(DEAD), "");
        Files.writeString(directory.resolve("FLECHE.5"), "fleche st");
    }

    @Test
    void aStoreInUseHasNoFlaws() {
        storages.values().put(Samples.value(1, 5000));
        storages.calls().putIfAbsent(Samples.record(1));
        storages.calls().admit(Samples.key(2), Set.of(Samples.unknownAddress()));
        assertThat(storages.locks().tryLock(Samples.key(2))).isPresent();

        assertThat(upkeep.check()).isEmpty();
        assertThat(upkeep.repair()).isEmpty();
        assertThat(StoreFiles.below(directory.resolve("admissions"))).hasSize(2);
    }

    @Test
    void whatTheDeadLeftIsFoundAndRemoved() throws IOException {
        leaveBehind();

        List<Flaw> found = upkeep.check();
        List<Flaw> removed = upkeep.repair();

        assertThat(found)
                .containsExactlyInAnyOrder(
                        new Flaw(Flaw.Kind.LEFT_BEHIND, at("temp/" + DEAD), "1 files of a process that has ended"),
                        new Flaw(
                                Flaw.Kind.LEFT_BEHIND, at("admissions/" + DEAD), "1 files of a process that has ended"),
                        new Flaw(
                                Flaw.Kind.LEFT_BEHIND,
                                at("owners/" + DEAD),
                                "the lock file of a process that has ended"),
                        new Flaw(Flaw.Kind.LEFT_BEHIND, at("FLECHE.5"), "a file that was never finished"));
        assertThat(removed).containsExactlyInAnyOrderElementsOf(found);
        assertThat(upkeep.check()).isEmpty();
        assertThat(StoreFiles.below(directory)).containsExactly("FLECHE", "admissions", "owners", "temp");
    }

    @Test
    void whatALivingProcessHoldsIsNoFlaw() {
        try (ChildJvm child = ChildJvm.start(StoreSweepTest.Writer.class, directory)) {
            child.awaitLine("ready");
            List<String> before = StoreFiles.below(directory);

            assertThat(upkeep.check()).isEmpty();
            assertThat(upkeep.repair()).isEmpty();

            assertThat(StoreFiles.below(directory)).isEqualTo(before);
        }
    }

    @Test
    void whatAKilledProcessLeftIsFoundWhileTheStoreIsOpen() {
        try (ChildJvm child = ChildJvm.start(StoreSweepTest.Writer.class, directory)) {
            child.awaitLine("ready");
            child.kill();
        }

        assertThat(upkeep.check())
                .extracting(Flaw::kind)
                .containsOnly(Flaw.Kind.LEFT_BEHIND)
                .hasSize(3);
        assertThat(upkeep.repair()).hasSize(3);
        assertThat(upkeep.check()).isEmpty();
    }

    @Test
    void namesThatDoNotBelongThereAreFoundAndStay() throws IOException {
        storages.calls().putIfAbsent(Samples.record(1));
        List<String> places = List.of("thesis.txt", "calls/README", "owners/README", "temp/notes", "values/abc");
        for (String place : places) {
            Files.createDirectories(directory.resolve(place).getParent());
            Files.writeString(directory.resolve(place), "x");
        }
        Path shard =
                directory.resolve("calls").resolve(Samples.key(1).toString().substring(0, 2));
        Files.writeString(shard.resolve("short"), "x");

        List<Flaw> found = upkeep.check();

        assertThat(found)
                .contains(foreign(shard.resolve("short").toString()))
                .hasSize(places.size() + 1)
                .containsAll(places.stream().map(place -> foreign(at(place))).toList());
        assertThat(upkeep.repair()).isEmpty();
        assertThat(upkeep.check()).isEqualTo(found);
    }

    @Test
    void aFileInPlaceOfADirectoryIsForeign() throws IOException {
        Files.writeString(directory.resolve("calls"), "x");

        assertThat(upkeep.check())
                .containsExactly(new Flaw(Flaw.Kind.FOREIGN, at("calls"), "expected a directory, found a file"));
    }

    @Test
    void manyForeignNamesAreBoundedInMemory() throws IOException {
        for (int i = 0; i < 1200; i++) {
            Files.writeString(directory.resolve("note" + i), "x");
        }

        List<Flaw> found = upkeep.check();

        assertThat(found).hasSize(1001);
        assertThat(found.get(1000).detail()).isEqualTo("and 199 more do not belong to the store");
    }

    @Test
    void aDamagedMarkerIsWrittenAnew() throws IOException {
        Path marker = directory.resolve("FLECHE");
        byte[] sound = Files.readAllBytes(marker);
        for (int at = 0; at < sound.length; at++) {
            byte[] damaged = sound.clone();
            damaged[at] ^= 1;
            Files.write(marker, damaged);

            assertThat(upkeep.check()).as("byte %s", at).hasSize(1);
            assertThat(upkeep.repair()).as("byte %s", at).hasSize(1);

            assertThat(marker).hasBinaryContent(sound);
            assertThat(upkeep.check()).as("byte %s", at).isEmpty();
        }
    }

    @Test
    void aMarkerThatIsGoneIsWrittenAnew() throws IOException {
        Files.delete(directory.resolve("FLECHE"));

        assertThat(upkeep.check())
                .containsExactly(new Flaw(Flaw.Kind.FOREIGN, at("FLECHE"), "the store's marker is gone"));
        assertThat(upkeep.repair()).hasSize(1);
        assertThat(upkeep.check()).isEmpty();
    }

    @Test
    void theMarkerOfAnotherFormatIsLeftAlone() throws IOException {
        byte[] later = new StoreMarker(2, "files").toBytes();
        Files.write(directory.resolve("FLECHE"), later);

        assertThat(upkeep.check()).hasSize(1);
        assertThat(upkeep.repair()).isEmpty();
        assertThat(directory.resolve("FLECHE")).hasBinaryContent(later);
    }

    @Test
    void theSizeIsThatOfAllFiles() throws IOException {
        Value value = Samples.value(1, 100_000);
        storages.values().put(value);
        long marker = Files.size(directory.resolve("FLECHE"));

        assertThat(upkeep.sizeBytes()).isEqualTo(marker + Files.size(StoreFiles.value(directory, value.address())));
    }

    @Test
    void theEnginesOwnFilesAreLeftToIt(@TempDir Path other) throws IOException {
        try (DirectoryStore engine = DirectoryStore.open(other, "engine", Durability.DURABLE)) {
            Files.writeString(engine.directory("pages").resolve("data"), "0123456789");
            Upkeep own = engine.upkeep(Set.of("pages"));

            assertThat(own.check()).isEmpty();
            assertThat(own.sizeBytes()).isEqualTo(Files.size(other.resolve("FLECHE")));
            assertThat(engine.upkeep(Set.of()).check())
                    .containsExactly(foreign(other.resolve("pages").toString()));
        }
    }
}
