package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.testing.DamageContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small file store, every file of which is damaged in every way. */
class StoreDamageTest extends DamageContract {

    @TempDir
    Path directory;

    /** A file of the store. */
    private record StoredFile(Path path) implements Place {

        @Override
        public byte[] read() throws IOException {
            return Files.readAllBytes(path);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            Files.write(path, bytes);
        }
    }

    @Override
    protected Cache openCache() {
        return Cache.files(directory);
    }

    @Override
    protected Map<String, Place> records() throws IOException {
        return below("calls");
    }

    @Override
    protected Map<String, Place> values() throws IOException {
        return below("values");
    }

    private Map<String, Place> below(String area) throws IOException {
        Map<String, Place> places = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory.resolve(area))) {
            paths.filter(Files::isRegularFile)
                    .forEach(path -> places.put(directory.relativize(path).toString(), new StoredFile(path)));
        }
        return places;
    }

    @Test
    void aMissingFileIsComputedAgain() throws IOException {
        for (String name : below("calls").keySet()) {
            Files.delete(directory.resolve(name));

            checkAnswers(name + " missing");
        }
        for (String name : below("values").keySet()) {
            Files.delete(directory.resolve(name));

            checkAnswers(name + " missing");
        }
    }

    @Test
    void aDirectoryInPlaceOfAFileIsNeverInTheWay() throws IOException {
        Map<String, Place> places = below("calls");
        places.putAll(below("values"));
        for (String name : places.keySet()) {
            Path path = directory.resolve(name);
            byte[] sound = Files.readAllBytes(path);
            Files.delete(path);
            Files.createDirectory(path);

            checkAnswersOnly();

            Files.delete(path);
            checkAnswers(name + " was a directory");
            Files.write(path, sound);
        }
    }
}
