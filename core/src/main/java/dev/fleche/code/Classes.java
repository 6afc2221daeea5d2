package dev.fleche.code;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The classes that an analysis can see, by internal name. Safe for use by several threads. */
interface Classes {

    /** The substitute of a class that is nowhere: there is no code that could run. */
    String ABSENT = "absent";

    /** Returns what is known of a class. */
    Known find(String name);

    /**
     * Returns what stands for all code that lies where a class lies, and changes whenever any of it may have changed.
     *
     * <p>For code of a class that its class file does not hold, such as a native method.
     */
    String sourceDigest(String name);

    /** Loads classes of the user, and returns whether their files are still those that were read. */
    default boolean areLoaded(Collection<String> names) {
        return true;
    }

    /** Keeps what was read of class files for the next start, if there is a place for it. */
    default void keep() {}

    /** What is known of a class. */
    sealed interface Known {}

    /** A class of the user. */
    record User(ClassSummary summary) implements Known {}

    /**
     * A class of the user that cannot be looked into.
     *
     * @param reason why, for people: {@code com.acme.Gen has no class file}
     * @param substitute what enters the digest in its place, and changes whenever its code may have changed
     */
    record Opaque(String reason, String substitute) implements Known {}

    /**
     * A class of a library or the JDK.
     *
     * @param library the library's name and version as it enters the digest; null for the JDK and what is left out
     * @param overridable the signatures of the methods that a subclass may override, inherited ones included; null if
     *     they are not known, so that any method may override one
     */
    record Foreign(@Nullable Library library, @Nullable Set<String> overridable) implements Known {}

    /**
     * A library.
     *
     * @param name its coordinates without version ({@code org.apache.commons:commons-math3}), or the jar's file name
     * @param version its version, or the SHA-256 of the jar
     */
    record Library(String name, String version) {}
}
