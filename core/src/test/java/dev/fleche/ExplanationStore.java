package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.StoredValue;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A store in which causes of misses are brought about, and the cache that is asked for explanations. */
final class ExplanationStore implements AutoCloseable {

    static final double H = 0.1;
    static final int CELLS = 4;
    static final int STEPS = 2;

    /** The kinds of storages that there are. */
    enum Kind {
        MEMORY,
        FILES,
        READ_ONLY_VIEW_OF_FILES
    }

    private final Path directory;
    private final Path compiled;
    private final Storages storages;
    private final Cache writer;
    private final Cache reader;
    private final List<PhysicsProgram> programs = new ArrayList<>();

    /**
     * Opens a store.
     *
     * @param directory where the store is
     * @param compiled where programs are compiled
     */
    ExplanationStore(Kind kind, Path directory, Path compiled) {
        this.directory = directory;
        this.compiled = compiled;
        storages = StorageProviders.open(
                kind == Kind.MEMORY
                        ? CacheConfig.of("memory")
                        : CacheConfig.of("files").with("path", store().toString()));
        writer = Cache.of(storages.values(), storages.calls());
        reader = kind == Kind.READ_ONLY_VIEW_OF_FILES ? writer.readOnly() : writer;
    }

    private Path store() {
        return directory.resolve("store");
    }

    Storages storages() {
        return storages;
    }

    /** Returns the cache to which results are stored. */
    Cache writer() {
        return writer;
    }

    /** Returns the cache that is asked. */
    Cache reader() {
        return reader;
    }

    PhysicsProgram program(String energy) {
        return program(energy, "mesh.cells()", "1.0");
    }

    PhysicsProgram program(String energy, String own, String libraryVersion) {
        PhysicsProgram program = PhysicsProgram.of(compiled, energy, own, libraryVersion);
        programs.add(program);
        return program;
    }

    /** Computes and stores the usual call of a program, and returns it for the reader. */
    Call<?> computed(PhysicsProgram program, Option... options) {
        program.relax(writer, options).apply(program.mesh(H, CELLS), STEPS);
        return call(program, options);
    }

    /** Returns the usual call for the reader. */
    Call<?> call(PhysicsProgram program, Option... options) {
        return program.relax(reader, options).on(program.mesh(H, CELLS), STEPS);
    }

    CallRecord record(Call<?> call) {
        Lookup<CallRecord> found = storages.calls().find(call.digest());
        return ((Lookup.Hit<CallRecord>) found).value();
    }

    Address resultOf(Call<?> call) {
        return ((StoredValue.Separate) record(call).result()).address();
    }

    void rewrite(Call<?> call, UnaryOperator<CallRecord> change) {
        storages.calls().replace(change.apply(record(call)));
    }

    /** Turns a bit of a file. */
    void damage(String part, Digest name) {
        Path file = store().resolve(part)
                .resolve(name.toString().substring(0, 2))
                .resolve(name.toString().substring(2));
        try {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 1] ^= 1;
            Files.delete(file);
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        writer.close();
        programs.forEach(PhysicsProgram::close);
    }
}
