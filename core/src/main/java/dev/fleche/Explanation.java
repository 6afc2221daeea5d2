package dev.fleche;

import dev.fleche.annotation.CodeChange;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a call hits or misses, as {@link Call#explain} found it.
 *
 * <p>Its text is at most three sentences on one line; its data says the same to programs. Immutable.
 */
public sealed interface Explanation {

    /** Returns the id of the function. */
    FunctionId function();

    /** Returns the text for people. */
    @Override
    String toString();

    /**
     * A call whose result is there.
     *
     * @param function the id of the function
     * @param key the key of the call
     * @param computed when the body that computed the result returned
     * @param adopted whether other code computed it than that for which it is filed
     * @param changes what changed since then and takes no part in the key
     */
    record Hit(FunctionId function, Digest key, Instant computed, boolean adopted, List<Change> changes)
            implements Explanation {

        /** Creates the explanation. */
        public Hit {
            changes = List.copyOf(changes);
        }

        @Override
        public String toString() {
            return ExplanationText.of(this);
        }
    }

    /**
     * A call of a function of which nothing is recorded.
     *
     * @param function the id of the function
     * @param key the key of the call
     * @param lambda whether the function is a lambda without a name, which another body makes another lambda
     */
    record NeverComputed(FunctionId function, Digest key, boolean lambda) implements Explanation {
        @Override
        public String toString() {
            return ExplanationText.of(this);
        }
    }

    /**
     * A call that differs in its arguments from all that are recorded.
     *
     * @param function the id of the function
     * @param key the key of the call
     * @param nearest the key of the nearest recorded call
     * @param differences the first places where the two differ
     * @param count how many places there are
     * @param changes what changed in the code, too, since the nearest was recorded
     */
    record ArgumentDiffers(
            FunctionId function,
            Digest key,
            Digest nearest,
            List<Difference> differences,
            long count,
            List<Change> changes)
            implements Explanation {

        /** Creates the explanation. */
        public ArgumentDiffers {
            differences = List.copyOf(differences);
            changes = List.copyOf(changes);
        }

        @Override
        public String toString() {
            return ExplanationText.of(this);
        }
    }

    /**
     * A call of a function of which another version is recorded alone.
     *
     * @param function the id of the function
     * @param key the key of the call
     * @param recorded the version of the nearest recorded call, if it has one
     * @param present the version of the function, if it has one
     * @param sameArguments whether that call has the same arguments
     */
    record VersionDiffers(
            FunctionId function, Digest key, Optional<String> recorded, Optional<String> present, boolean sameArguments)
            implements Explanation {
        @Override
        public String toString() {
            return ExplanationText.of(this);
        }
    }

    /**
     * A call whose result was computed by other code.
     *
     * @param function the id of the function
     * @param key the key of the call
     * @param recorded the key under which the result of the other code stands
     * @param computed when the body that computed it returned
     * @param changes what changed; empty if that is not known, since the list of the other code's parts is gone
     * @param choice what the next call does about it
     */
    record CodeChanged(
            FunctionId function, Digest key, Digest recorded, Instant computed, List<Change> changes, CodeChange choice)
            implements Explanation {

        /** Creates the explanation. */
        public CodeChanged {
            changes = List.copyOf(changes);
        }

        @Override
        public String toString() {
            return ExplanationText.of(this);
        }
    }

    /**
     * A recorded call whose result is gone: deleted, or evicted.
     *
     * @param function the id of the function
     * @param key the key of the call
     * @param detail what the storage said
     */
    record ValueLost(FunctionId function, Digest key, String detail) implements Explanation {
        @Override
        public String toString() {
            return ExplanationText.of(this);
        }
    }

    /**
     * A recorded call whose record or result is damaged.
     *
     * @param function the id of the function
     * @param key the key of the call
     * @param detail what the storage said
     */
    record Damaged(FunctionId function, Digest key, String detail) implements Explanation {
        @Override
        public String toString() {
            return ExplanationText.of(this);
        }
    }

    /**
     * A recorded call whose result cannot be decoded in this program.
     *
     * @param function the id of the function
     * @param key the key of the call
     * @param detail what the codec said
     */
    record Undecodable(FunctionId function, Digest key, String detail) implements Explanation {
        @Override
        public String toString() {
            return ExplanationText.of(this);
        }
    }

    /**
     * A call that no cache can be asked for now.
     *
     * @param function the id of the function
     * @param key the key of the call
     * @param detail what the storage said
     */
    record Unavailable(FunctionId function, Digest key, String detail) implements Explanation {
        @Override
        public String toString() {
            return ExplanationText.of(this);
        }
    }

    /**
     * A call that is not cached: caching is off, or it has no key.
     *
     * @param function the id of the function
     * @param reason why
     */
    record NotCached(FunctionId function, String reason) implements Explanation {
        @Override
        public String toString() {
            return ExplanationText.of(this);
        }
    }

    /**
     * A place where an argument differs.
     *
     * @param path the place: {@code mesh.h}, {@code points[3].x}, {@code weights["a"]}
     * @param recorded a short text of what is recorded there
     * @param present a short text of what the call has there
     */
    record Difference(String path, String recorded, String present) {

        /** Returns path and values: {@code mesh.h: 0.1 → 0.05}. */
        @Override
        public String toString() {
            return path + ": " + recorded + " → " + present;
        }
    }

    /**
     * A part of the code, or of what it runs on, that changed.
     *
     * @param kind what it is
     * @param name its name, such as {@code com.acme.Lattice.energy(double)}
     * @param recorded its version or content when the result was recorded, where that is short; empty if there was none
     * @param present the same now
     */
    record Change(Kind kind, String name, String recorded, String present) {

        /** What can change. */
        public enum Kind {
            /** A method or constructor. */
            METHOD,
            /** A class, in what it extends, implements or is. */
            CLASS,
            /** The value of a constant. */
            CONSTANT,
            /** The version of a library. */
            LIBRARY,
            /** Code that could not be looked into. */
            OPAQUE,
            /** The version of Java that ran the body. */
            JAVA
        }

        /** Returns what changed: {@code Lattice.energy(double) changed}. */
        @Override
        public String toString() {
            return ExplanationText.of(this);
        }
    }
}
