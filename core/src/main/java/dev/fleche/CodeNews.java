package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.digest.Digest;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The line that tells of results by other code when a function misses for the first time.
 *
 * <p>The records are read on a daemon thread, so that no call waits for it. Safe for use by several threads.
 */
final class CodeNews {

    private static final int MAX_WAITING = 1000;
    private static final long IDLE_SECONDS = 5;

    private static final ThreadPoolExecutor READER = reader();

    private CodeNews() {}

    private static ThreadPoolExecutor reader() {
        ThreadPoolExecutor reader = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                CodeNews::thread,
                new ThreadPoolExecutor.DiscardPolicy());
        reader.allowCoreThreadTimeOut(true);
        return reader;
    }

    /** Whoever starts it must not be kept by it: neither its class loader nor its thread locals. */
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "fleche-code-news", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** Tells of them if this is the function's first miss in the store; never throws. */
    static void tellOnce(Profile profile, Cache cache, SealedKey sealed) {
        // a call that came from another process was looked up there, which tells
        if (!Trouble.LOGGER.isLoggable(Level.INFO) || cache instanceof TravelledCache) {
            return;
        }
        CallCode present = sealed.reached();
        if (present != null && StoredCodes.of(cache).isFirst(profile, cache, present)) {
            READER.execute(() -> tell(profile, cache, present));
        }
    }

    /** Waits until what is to be told by now has been told. */
    static void awaitIdle() throws InterruptedException {
        CountDownLatch idle = new CountDownLatch(1);
        READER.execute(idle::countDown);
        idle.await();
    }

    private static void tell(Profile profile, Cache cache, CallCode present) {
        try {
            String news = news(profile, cache, present);
            if (news != null) {
                Trouble.LOGGER.log(Level.INFO, news);
            }
        } catch (Exception | LinkageError | StackOverflowError e) {
            // as when the cache was closed meanwhile; nobody waits for the news
            Trouble.LOGGER.log(Level.DEBUG, "what other code of " + profile.label() + " computed is not known", e);
        }
    }

    /**
     * Judges by what is listed of both codes: to look for the code of recorded calls anew their arguments would have to
     * be decoded, which runs code of the user, and that belongs on no thread of ours.
     */
    private static @Nullable String news(Profile profile, Cache cache, CallCode present) {
        long results = 0;
        List<Explanation.Change> changes = List.of();
        for (StoredCodes.Code code : codes(profile, cache)) {
            // evicted since, and who knows what else
            boolean gone = !cache.contains(code.example());
            List<Explanation.Change> found = gone ? List.of() : changes(profile, cache, present, code.digest());
            if (!found.isEmpty()) {
                results += code.results();
                changes = changes.isEmpty() ? found : changes;
            }
        }
        boolean partial = StoredCodes.of(cache).isPartial();
        return results == 0 ? null : (partial ? "at least " : "") + sentence(profile, results, changes);
    }

    private static List<StoredCodes.Code> codes(Profile profile, Cache cache) {
        StoredCodes stored = StoredCodes.of(cache);
        return FormerIds.all(profile).stream()
                .map(id -> new StoredCodes.Function(id, Optional.ofNullable(profile.version())))
                .flatMap(function -> stored.some(function, cache).stream())
                .toList();
    }

    /** Returns what makes a recorded code other code than the present one; nothing if it may be the same. */
    private static List<Explanation.Change> changes(Profile profile, Cache cache, CallCode present, Digest code) {
        return StoredManifests.find(cache, code)
                .filter(older -> !profile.code().function(older).equals(present.function()))
                .map(older -> CodeComparison.certain(older, present.reached().all(), profile))
                .orElse(List.of());
    }

    private static String sentence(Profile profile, long results, List<Explanation.Change> changes) {
        return ShortText.count(results, "result") + " of " + profile.label()
                + (results == 1 ? " was" : " were") + " computed by other code (" + ExplanationText.list(changes) + "),"
                + " and the present code computes again; to keep them call memo.adopt(…), or declare the function"
                + " with Option.onCodeChange(CodeChange.ADOPT)";
    }
}
