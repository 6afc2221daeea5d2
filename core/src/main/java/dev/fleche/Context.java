package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.SingleFlight;
import dev.fleche.digest.Digest;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a thread's memoised calls see: the active cache, the tags, and whether they are being rerun or tried.
 *
 * <p>Immutable, but for the state of a rerun or trial. Safe for use by several threads.
 */
final class Context implements Serializable {

    private static final long serialVersionUID = 1;

    private static final int RERUN = 1;
    private static final int TRIAL = 2;

    private static final Context EMPTY = new Context(null, Map.of(), null, null);

    /** Without an initial value, which would tie this class and its loader to each thread that ever asks. */
    private static final ThreadLocal<@Nullable Context> CURRENT = new ThreadLocal<>();

    private final transient @Nullable Cache cache;
    private final transient Map<String, String> tags;
    private final transient @Nullable Rerun rerun;
    private final transient @Nullable Trial trial;

    private Context(@Nullable Cache cache, Map<String, String> tags, @Nullable Rerun rerun, @Nullable Trial trial) {
        this.cache = cache;
        this.tags = tags;
        this.rerun = rerun;
        this.trial = trial;
    }

    /** A call that runs again, with the calls nested in it, until it returns. Safe for use by several threads. */
    private static final class Rerun {

        private final Set<Digest> refreshed = ConcurrentHashMap.newKeySet();
        private volatile boolean over;

        boolean refreshes(Digest key) {
            return !over && refreshed.add(key);
        }

        /** Whoever was bound inside outlives it, and holds on to nothing but an empty set. */
        void end() {
            over = true;
            refreshed.clear();
        }
    }

    /** Returns the context of this thread. */
    static Context current() {
        Context current = CURRENT.get();
        return current != null ? current : EMPTY;
    }

    /** Makes this the context of the thread and returns the one before, to be restored by this same method. */
    Context enter() {
        Context before = current();
        if (this == EMPTY) {
            CURRENT.remove();
        } else {
            CURRENT.set(this);
        }
        return before;
    }

    /** Returns this context with its cache fixed, so that it means the same everywhere. */
    Context frozen() {
        return cache != null ? this : withCache(activeCache());
    }

    /** Returns this context for a task that must be able to travel: a cache that holds code stays here. */
    Context sendable() {
        return activeCache().config().isPresent() ? frozen() : withCache(TravelledCache.staying());
    }

    /** Returns this context for another process: every cache that stays in this one is missed there. */
    Context sent() {
        Cache active = activeCache();
        return active.isVoid() || TravelledCache.travels(active) ? frozen() : withCache(TravelledCache.staying());
    }

    /** Returns the cache that a scope chose, or else the default one. */
    Cache activeCache() {
        return cache != null ? cache : DefaultCache.get();
    }

    Map<String, String> tags() {
        return tags;
    }

    /**
     * Returns whether a rerun is under way that has not met this key, and notes that it has now.
     *
     * <p>Each key is refreshed once: met again, it is loaded, or a recursive function would take exponential time.
     */
    boolean refreshes(Digest key) {
        return rerun != null && rerun.refreshes(key);
    }

    /** Returns whether a rerun is under way, so that what is stored may not be what is wanted. */
    boolean isRerun() {
        return rerun != null && !rerun.over;
    }

    Context withCache(Cache other) {
        return new Context(other, tags, rerun, trial);
    }

    Context withTags(Map<String, String> more) {
        Map<String, String> merged = new TreeMap<>(tags);
        merged.putAll(more);
        return new Context(cache, Map.copyOf(merged), rerun, trial);
    }

    Context withRerun() {
        return new Context(cache, tags, new Rerun(), trial);
    }

    /** Returns this context for a body that is to show what the present code does. */
    Context withTrial(Trial begun) {
        return new Context(cache, tags, rerun, begun);
    }

    /** Returns the trial that is under way, if there is one. */
    @Nullable
    Trial trial() {
        return trial == null || trial.isOver() ? null : trial;
    }

    /** Returns this context for a call made in {@code outer}: part of its rerun and trial, unless it has its own. */
    Context within(Context outer) {
        Rerun joinedRerun = outer.rerun != null && (rerun == null || rerun.over) ? outer.rerun : rerun;
        Trial joinedTrial = trial() == null ? outer.trial() : trial;
        return joinedRerun == rerun && joinedTrial == trial ? this : new Context(cache, tags, joinedRerun, joinedTrial);
    }

    /**
     * Writes the context. A rerun that is over is no rerun any more.
     *
     * @throws NotSerializableException if its cache does not travel; the message names the way out
     */
    void write(FlatWriter out) throws NotSerializableException {
        out.writeByte((isRerun() ? RERUN : 0) | (trial() != null ? TRIAL : 0));
        SerialForms.write(TravelledCache.configOf(activeCache()), out);
        out.writeTexts(tags);
    }

    /**
     * Reads a frozen context.
     *
     * <p>One that was part of a rerun is part of one here: its calls run again, each key once. Which keys the sender
     * had refreshed by then does not travel, nor does the end of its rerun: this one lasts as long as what came with
     * it. So does a trial. This process is then known as one that works for others.
     */
    static Context read(FlatReader in) {
        SingleFlight.workForOthers();
        int flags = in.readByte();
        if (flags > (RERUN | TRIAL)) {
            throw new IllegalArgumentException("expected a context, found flags " + flags);
        }
        Cache cache = TravelledCache.of(SerialForms.readConfig(in));
        Map<String, String> tags = in.readTexts();
        tags.forEach((name, value) -> {
            SerialForms.requireText(name);
            SerialForms.requireText(value);
        });
        return new Context(
                cache,
                Map.copyOf(tags),
                (flags & RERUN) != 0 ? new Rerun() : null,
                (flags & TRIAL) != 0 ? new Trial() : null);
    }

    private Object writeReplace() throws NotSerializableException {
        return ContextForm.of(this);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw SerialForms.noForm(Context.class);
    }

    /** Ends the rerun that {@link #withRerun} began. */
    void endRerun() {
        if (rerun != null) {
            rerun.end();
        }
    }
}
