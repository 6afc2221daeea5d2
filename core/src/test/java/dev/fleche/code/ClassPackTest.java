package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.code.Classes.User;
import dev.fleche.digest.Digest;
import dev.fleche.digest.Sha256;
import dev.fleche.testing.ChildJvm;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPackTest {

    private static final String PATH = "com/acme/Model.class";
    private static final String KEY = "S" + PATH;

    @TempDir
    private Path directory;

    private Path model;
    private Path file;
    private ClassSummary summary;
    /** What is not in the file, so that it must be from the pack. */
    private ClassSummary kept;

    @BeforeEach
    void compile() throws Exception {
        model = Programs.compile(
                directory.resolve("classes"), "package com.acme; public class Model { int a() { return 1; } }");
        file = model.resolve(PATH);
        summary = ClassSummaries.read(Files.readAllBytes(file));
        kept = new ClassSummary(
                "com/acme/Model", 1, null, List.of(), "", Map.of(), Map.of("kept", "1"), List.of(), Map.of());
    }

    @Test
    void aFileWithTheStampIsNotRead() throws Exception {
        write(PackEntry.of(FileStamp.of(file), null, kept));

        assertThat(find()).isEqualTo(new User(kept));
    }

    @Test
    void aFileWithTheContentIsNotParsed() throws Exception {
        write(PackEntry.of(null, sha(file), kept));

        assertThat(find()).isEqualTo(new User(kept));
    }

    @Test
    void aChangedFileIsParsed() throws Exception {
        write(PackEntry.of(FileStamp.of(file), sha(file), kept));
        Programs.compile(model, "package com.acme; public class Model { int a() { return 2; } }");

        assertThat(find()).isEqualTo(new User(ClassSummaries.read(Files.readAllBytes(file))));
    }

    @Test
    void whatWasReadIsKept() throws Exception {
        try (URLClassLoader loader = Programs.loader(model)) {
            LoadedClasses.of(loader.loadClass("com.acme.Model"), List.of()).find("com/acme/Model");
        }
        ClassPack pack = pack();
        assertThat(pack.isChanged()).isTrue();

        pack.write();

        PackEntry entry = Objects.requireNonNull(PackFile.of(root()).read().get(KEY));
        assertThat(entry.content()).isEqualTo(sha(file));
        assertThat(entry.value(ClassForm.SUMMARY)).isEqualTo(summary);
        assertThat(pack.isChanged()).isFalse();
    }

    @Test
    void aFileThatIsBeingWrittenGoesByItsContentAlone() throws Exception {
        try (URLClassLoader loader = Programs.loader(model)) {
            LoadedClasses.of(loader.loadClass("com.acme.Model"), List.of()).find("com/acme/Model");
        }

        assertThat(pack().find(ClassForm.SUMMARY, PATH, FileStamp.of(file))).isEmpty();
        assertThat(pack().find(ClassForm.SUMMARY, PATH, new Content(Files.readAllBytes(file))))
                .isPresent();
    }

    @Test
    void aFileThatHasBeenThereForSomeTimeGoesByItsStamp() {
        Class<?> library = org.assertj.core.api.Assertions.class;
        String name = library.getName().replace('.', '/');

        LoadedClasses.of(library, List.of()).find(name);

        Source source =
                ClassFiles.of(library.getClassLoader()).find(name).orElseThrow().source();
        assertThat(stamped(source, name + ".class")).isPresent();
    }

    private static Optional<ClassSummary> stamped(Source source, String path) {
        try {
            return source.pack().find(ClassForm.SUMMARY, path, source.stamp(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDamagedPackIsIgnoredWhereverTheDamageIs() throws Exception {
        byte[] bytes = bytes();

        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 1;
            assertThat(PackFormat.decode(damaged, PackMaker.NAME, root()))
                    .as("byte %d", i)
                    .isEmpty();
        }
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            assertThat(PackFormat.decode(cut, PackMaker.NAME, root()))
                    .as("%d bytes", length)
                    .isEmpty();
        }
        assertThat(PackFormat.decode(bytes, PackMaker.NAME, root())).isPresent();
    }

    @Test
    void aDamagedFileIsReplaced() throws Exception {
        write(PackEntry.of(FileStamp.of(file), sha(file), kept));
        Path packFile = packFile();
        byte[] bytes = Files.readAllBytes(packFile);
        bytes[bytes.length / 2] ^= 4;
        Files.write(packFile, bytes);

        assertThat(find()).isEqualTo(new User(summary));
        pack().write();

        assertThat(PackFile.of(root()).read()).containsKey(KEY);
    }

    @Test
    void aPackOfAnotherMakerOrPlaceIsIgnored() throws Exception {
        assertThat(PackFormat.decode(bytes(), PackMaker.NAME + "x", root())).isEmpty();
        assertThat(PackFormat.decode(bytes(), PackMaker.NAME, root() + "x")).isEmpty();
    }

    @Test
    void theRulesAndTheReaderAreTheMaker() {
        assertThat(PackMaker.NAME).contains("rules " + ClassSummaries.RULES).containsPattern("asm \\d+\\.\\d+");
    }

    @Test
    void aPackThatOthersMayWriteIsIgnored() throws Exception {
        write(PackEntry.of(FileStamp.of(file), null, kept));
        Files.setPosixFilePermissions(packFile(), java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(find()).isEqualTo(new User(summary));
    }

    @Test
    void writersOfDifferentEntriesKeepThoseOfTheOthers() throws Exception {
        PackEntry entry = PackEntry.of(null, sha(file), kept);
        PackFile.of(root()).write(Map.of("Sa", entry), Set.of());
        PackFile.of(root()).write(Map.of("Sb", entry), Set.of());

        assertThat(PackFile.of(root()).read()).hasSize(2);
    }

    @Test
    void processesThatWriteAtOnceLeaveAWholePack() throws Exception {
        List<ChildJvm> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(ChildJvm.start(Writer.class, model, i));
        }
        for (ChildJvm process : processes) {
            process.result();
            process.close();
        }

        byte[] bytes = Files.readAllBytes(packFile());
        assertThat(PackFormat.decode(bytes, PackMaker.NAME, root())).isPresent();
        assertThat(PackFile.of(root()).read()).isNotEmpty();
    }

    @Test
    void whatNobodyUsesIsSwept() throws Exception {
        Path old = Files.writeString(directory.resolve("old.pack"), "old");
        Path recent = Files.writeString(directory.resolve("new.pack"), "new");
        Path abandoned = Files.writeString(directory.resolve("making-1"), "half");
        Path another = Files.writeString(directory.resolve("worker.jsa"), "not ours");
        for (Path each : List.of(old, abandoned, another)) {
            Files.setLastModifiedTime(each, FileTime.from(Instant.now().minus(PackDirectory.UNUSED.plusDays(1))));
        }

        PackDirectory.sweep(directory, System.currentTimeMillis());

        assertThat(old).doesNotExist();
        assertThat(abandoned).doesNotExist();
        assertThat(recent).exists();
        assertThat(another).exists();
    }

    /** Writes a pack again and again. */
    static final class Writer {

        public static void main(String[] arguments) {
            String root = Place.of(url(Path.of(arguments[0])), PATH).root();
            for (int i = 0; i < 100; i++) {
                String key = "F" + arguments[1] + "-" + i;
                PackFile.of(root).write(Map.of(key, PackEntry.of(null, null, "fact ".repeat(1000))), Set.of());
            }
        }
    }

    private static java.net.URL url(Path model) {
        try {
            return model.resolve(PATH).toUri().toURL();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void write(PackEntry entry) {
        PackFile.of(root()).write(Map.of(KEY, entry), Set.of());
    }

    private byte[] bytes() throws IOException {
        PackEntry entry = PackEntry.of(FileStamp.of(file), sha(file), summary);
        return PackFormat.encode(PackMaker.NAME, root(), Map.of(KEY, entry));
    }

    private String root() {
        return Place.of(url(model), PATH).root();
    }

    private ClassPack pack() {
        return ClassPack.of(Place.of(url(model), PATH));
    }

    private Path packFile() throws IOException {
        try (var files = Files.list(PackDirectory.path().orElseThrow())) {
            return files.filter(each -> contains(each, root())).findFirst().orElseThrow();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Classes.Known find() throws Exception {
        try (URLClassLoader loader = Programs.loader(model)) {
            return LoadedClasses.of(loader.loadClass("com.acme.Model"), List.of())
                    .find("com/acme/Model");
        }
    }

    private static Digest sha(Path file) throws IOException {
        return Digest.of(Sha256.create().digest(Files.readAllBytes(file)));
    }
}
