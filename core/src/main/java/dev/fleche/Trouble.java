package dev.fleche;

import dev.fleche.annotation.CodeKey;
import dev.fleche.code.ReachedCode;
import dev.fleche.digest.FunctionId;
import dev.fleche.storage.StorageException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Trouble of ours while a call is made: a warning, once for each function and cause, or in strict mode an exception.
 *
 * <p>Safe for use by several threads.
 */
final class Trouble {

    static final System.Logger LOGGER = System.getLogger("dev.fleche");

    /** A bound, so that a program that makes memos without end does not fill the memory. */
    private static final int MAX_REMEMBERED = 10_000;

    private static final int MANY_METHODS = 2000;
    private static final int MAX_PACKAGES = 3;

    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    /** What could not be done. */
    enum Cause {
        /** The arguments have no digest. */
        KEY("no key can be made of the arguments of %s, so it runs uncached"),
        /** The storage could not be asked. */
        FIND("%s cannot be looked up, so it runs"),
        /** An entry cannot be used. */
        ENTRY("an entry of %s cannot be used and is computed again"),
        /** The arguments could not be stored. */
        PREPARE("%s cannot be cached, so it runs and its result is not stored"),
        /** The result cannot be encoded. */
        ENCODE("the result of %s cannot be encoded, so it is not stored"),
        /** The result could not be stored. */
        COMMIT("the result of %s cannot be stored"),
        /** Another thread changed the arguments while the call waited. */
        MUTATION("the arguments of %s change while it waits for another call, so it runs uncached"),
        /** The function returned another result than the one that is stored. */
        DIFFERS("%s is not deterministic: another process or thread stored another result for the same key");

        private final String sentence;

        Cause(String sentence) {
            this.sentence = sentence;
        }
    }

    private Trouble() {}

    /**
     * Reports trouble that keeps a call from being cached.
     *
     * @throws RuntimeException in strict mode, and if the function asked for it: {@code thrown} itself
     */
    static void report(Profile profile, Cause cause, Throwable thrown) {
        if (profile.strict() || thrown instanceof CodeChangedException) {
            throw Sneaky.rethrow(thrown);
        }
        warn(profile, cause, message(thrown), thrown);
    }

    /**
     * Reports that calls run uncached in this process, once for all functions.
     *
     * @param kind what one warning is enough for
     * @throws StorageException in strict mode
     */
    static void reportOnce(Profile profile, String kind, StorageException failure) {
        if (profile.strict()) {
            throw new StorageException(String.valueOf(failure.getMessage()), failure);
        }
        if (isFirst("cache " + kind)) {
            LOGGER.log(
                    Level.WARNING, "memoised calls run here and their results are not kept: " + failure.getMessage());
        }
    }

    /** Warns the first time that the function meets this cause, and notes it at DEBUG afterwards. */
    static void warn(Profile profile, Cause cause, String detail, @Nullable Throwable thrown) {
        Level level = isFirst(cause + " " + profile.id()) ? Level.WARNING : Level.DEBUG;
        if (LOGGER.isLoggable(level)) {
            String message = String.format(cause.sentence, profile.label()) + (detail.isEmpty() ? "" : ": " + detail);
            // The stack of our own exceptions tells a user nothing that the message does not.
            LOGGER.log(level, message, isOwn(thrown) && level == Level.WARNING ? null : thrown);
        }
    }

    /** Warns once for each function if its results may be of classes that nothing tells. */
    static void warnOfResult(Profile profile) {
        String warning = profile.warning();
        if (!warning.isEmpty() && isFirst("result " + profile.id() + warning)) {
            LOGGER.log(Level.WARNING, warning);
        }
    }

    /** Tells of code that could not be looked into, and of code that is much, each once for each function. */
    static void tellOfCode(FunctionId id, ReachedCode reached, CodeKey key) {
        tellOfUnseenCode(id, reached.warnings());
        if (key == CodeKey.TRANSITIVE && reached.methods() > MANY_METHODS && isFirst("reach " + id)) {
            String packages = reached.packages().stream()
                    .limit(MAX_PACKAGES)
                    .map(Object::toString)
                    .collect(Collectors.joining(", "));
            LOGGER.log(
                    Level.INFO,
                    id.shortName() + " reaches " + reached.methods() + " methods, most of them in " + packages
                            + ", and a change of any of them makes new keys; Option.codeKey(CodeKey.METHOD) takes its"
                            + " own code alone");
        }
    }

    /** One line for all: of a directory of class files that are too new, each is one that cannot be read. */
    private static void tellOfUnseenCode(FunctionId id, List<String> warnings) {
        List<String> fresh = new ArrayList<>();
        for (String warning : warnings) {
            if (isFirst("code " + id + warning)) {
                fresh.add(warning);
            }
        }
        for (int i = 0; i < fresh.size(); i++) {
            String line = "the code of " + id.shortName() + ": " + fresh.get(i);
            if (i > 0) {
                LOGGER.log(Level.DEBUG, line);
            } else if (fresh.size() == 1) {
                LOGGER.log(Level.WARNING, line);
            } else {
                LOGGER.log(
                        Level.WARNING,
                        line + "; so it is with " + (fresh.size() - 1) + " more, which are logged at level DEBUG");
            }
        }
    }

    private static boolean isFirst(String what) {
        return WARNED.size() < MAX_REMEMBERED && WARNED.add(what);
    }

    private static boolean isOwn(@Nullable Throwable thrown) {
        return thrown != null && thrown.getClass().getName().startsWith("dev.fleche.");
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return isOwn(thrown) && message != null ? message : thrown.toString();
    }
}
