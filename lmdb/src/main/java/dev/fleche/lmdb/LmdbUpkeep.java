package dev.fleche.lmdb;

import dev.fleche.storage.Flaw;
import dev.fleche.storage.StorageException;
import dev.fleche.storage.Upkeep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The care for LMDB's file: all its pages are checked, by reading the file and not by mapping it.
 *
 * <p>A state that was committed is checked while others write: a transaction keeps its pages.
 */
final class LmdbUpkeep implements Upkeep {

    private static final Set<String> OWN =
            Set.of(EngineFiles.DATA, EngineFiles.LOCKS, EngineFiles.USE, EngineFiles.DAMAGED);
    private static final int ATTEMPTS = 20;
    private static final String OVERTAKEN = "others commit so often that no state can be checked";

    private final Engine engine;

    LmdbUpkeep(Engine engine) {
        this.engine = engine;
    }

    /**
     * What is found in a committed state.
     *
     * @param damages what is wrong with its pages
     * @param terms the terms that were met, if nothing is
     */
    private record State(List<String> damages, TermTally terms) {}

    @Override
    public List<Flaw> check() {
        return flaws(state());
    }

    private List<Flaw> flaws(State state) {
        Path data = engine.files().data();
        List<Flaw> flaws = new ArrayList<>();
        state.damages.forEach(damage -> flaws.add(new Flaw(Flaw.Kind.ENGINE, data.toString(), damage)));
        if (flaws.isEmpty()) {
            state.terms
                    .flaw()
                    .ifPresent(flaw -> flaws.add(
                            new Flaw(Flaw.Kind.LEFT_BEHIND, "the database " + Area.TERMS + " in " + data, flaw)));
        }
        if (engine.files().damaged().toFile().exists()) {
            flaws.add(new Flaw(
                    Flaw.Kind.LEFT_BEHIND,
                    engine.files().damaged().toString(),
                    "is a damaged file whose sound entries have not all been copied"));
        }
        flaws.addAll(foreign());
        return flaws;
    }

    /**
     * What is sound in a damaged file is kept; foreign files are left to whoever put them there.
     *
     * <p>Terms of damaged records go, so that whoever removes such a record leaves none.
     */
    @Override
    public List<Flaw> repair() {
        State state = state();
        List<Flaw> found = flaws(state);
        if (!state.damages.isEmpty()) {
            engine.replace(state.damages);
        }
        Salvage.run(engine);
        if (state.damages.isEmpty() && !state.terms.fits()) {
            TermIndex.rebuild(engine);
        } else {
            TermIndex.complete(engine);
        }
        return found.stream().filter(flaw -> flaw.kind() != Flaw.Kind.FOREIGN).toList();
    }

    private State state() {
        Path data = engine.files().data();
        for (int attempt = 1; ; attempt++) {
            State state = engine.read(txn -> {
                TermTally terms = new TermTally();
                return new State(damagesOf(data, txn.getId(), terms), terms);
            });
            // a state that another has overwritten before its pages were kept is no flaw
            if (!state.damages.equals(List.of(OVERTAKEN)) || attempt == ATTEMPTS) {
                return state;
            }
        }
    }

    private static List<String> damagesOf(Path data, long txn, PageWalk.Listener listener) {
        try (PageFile file = PageFile.open(data)) {
            for (MetaPage meta : file.metas()) {
                if (meta.txn() == txn) {
                    return PageWalk.damages(file, meta, listener);
                }
            }
            // begun before the first commit, it has no page
            return txn == 0 ? List.of() : List.of(OVERTAKEN);
        } catch (DamagedPagesException e) {
            return List.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new StorageException(data + " cannot be read: " + e.getMessage(), e);
        }
    }

    private List<Flaw> foreign() {
        Path directory = engine.files().directory();
        return Arrays.stream(names(directory))
                .filter(name -> !OWN.contains(name))
                .sorted()
                .map(name ->
                        new Flaw(Flaw.Kind.FOREIGN, directory.resolve(name).toString(), "is no file of LMDB's or ours"))
                .toList();
    }

    private static String[] names(Path directory) {
        String[] names = directory.toFile().list();
        return names == null ? new String[0] : names;
    }

    @Override
    public long sizeBytes() {
        Path directory = engine.files().directory();
        long used = engine.ask(() -> engine.env().usedBytes());
        return used
                + Arrays.stream(names(directory))
                        .filter(name -> !name.equals(EngineFiles.DATA))
                        .mapToLong(name -> directory.resolve(name).toFile().length())
                        .sum();
    }
}
