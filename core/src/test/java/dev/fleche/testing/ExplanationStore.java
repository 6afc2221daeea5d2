package dev.fleche.testing;

import dev.fleche.Call;
import dev.fleche.Option;
import dev.fleche.cache.Cache;
import dev.fleche.digest.Address;
import dev.fleche.record.CallRecord;
import dev.fleche.record.StoredValue;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A store in which causes of misses are brought about, and the cache that is asked for explanations. */
public final class ExplanationStore implements AutoCloseable {

    public static final double H = 0.1;
    public static final int CELLS = 4;
    public static final int STEPS = 2;

    private final Path compiled;
    private final Storages storages;
    private final Cache writer;
    private final Cache reader;
    private final List<PhysicsProgram> programs = new ArrayList<>();

    /**
     * Opens a store.
     *
     * @param config what opens its storages
     * @param compiled where programs are compiled
     * @param view makes the cache that is asked of the one to which results are stored
     */
    ExplanationStore(CacheConfig config, Path compiled, UnaryOperator<Cache> view) {
        this.compiled = compiled;
        storages = StorageProviders.open(config);
        writer = Cache.of(storages.values(), storages.calls());
        reader = view.apply(writer);
    }

    /** Opens a file store that is asked directly. */
    public static ExplanationStore files(Path directory, Path compiled) {
        CacheConfig config = CacheConfig.of("files").with("path", directory.toString());
        return new ExplanationStore(config, compiled, UnaryOperator.identity());
    }

    /** Returns the storages behind both caches. */
    public Storages storages() {
        return storages;
    }

    /** Returns the cache to which results are stored. */
    public Cache writer() {
        return writer;
    }

    /** Returns the cache that is asked. */
    Cache reader() {
        return reader;
    }

    /** Returns a program whose helper returns {@code energy}. */
    public PhysicsProgram program(String energy) {
        return program(energy, "mesh.cells()", "1.0");
    }

    PhysicsProgram program(String energy, String own, String libraryVersion) {
        PhysicsProgram program = PhysicsProgram.of(compiled, energy, own, libraryVersion);
        programs.add(program);
        return program;
    }

    /** Computes and stores the usual call of a program, and returns it for the reader. */
    public Call<?> computed(PhysicsProgram program, Option... options) {
        program.relax(writer, options).apply(program.mesh(H, CELLS), STEPS);
        return call(program, options);
    }

    /** Returns the usual call for the reader. */
    Call<?> call(PhysicsProgram program, Option... options) {
        return program.relax(reader, options).on(program.mesh(H, CELLS), STEPS);
    }

    CallRecord record(Call<?> call) {
        return Samples.found(storages.calls().find(call.digest()));
    }

    /** Returns where the result of a recorded call is, which is not in its record. */
    public Address resultOf(Call<?> call) {
        return ((StoredValue.Separate) record(call).result()).address();
    }

    /** Changes the record of a call. */
    public void rewrite(Call<?> call, UnaryOperator<CallRecord> change) {
        storages.calls().replace(change.apply(record(call)));
    }

    @Override
    public void close() {
        writer.close();
        storages.locks().close();
        programs.forEach(PhysicsProgram::close);
    }
}
