package dev.fleche.code;

import dev.fleche.digest.MetCode;
import java.lang.reflect.Executable;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The code of one function, analysed when it is asked for.
 *
 * <p>Safe for use by several threads; an analysis reads class files and blocks on them.
 */
public interface FunctionCode {

    /**
     * What is to be analysed.
     *
     * @param executable the method, constructor or body of a lambda
     * @param dependencies classes whose methods all count, with what these reach
     * @param userCode classes of libraries whose code is to be treated as the user's
     * @param libraries whether the versions of other libraries count
     */
    record Scope(Executable executable, List<Class<?>> dependencies, List<Class<?>> userCode, boolean libraries) {

        // written out: the methods that a record has by itself are linked at run time, which a first call would wait
        // for

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Scope scope
                    && executable.equals(scope.executable)
                    && dependencies.equals(scope.dependencies)
                    && userCode.equals(scope.userCode)
                    && libraries == scope.libraries;
        }

        @Override
        public int hashCode() {
            return 31 * (31 * executable.hashCode() + dependencies.hashCode()) + userCode.hashCode();
        }
    }

    /**
     * Returns the code that calls reach; known at once if it was asked for before with the same classes and functions.
     *
     * @param receiver the class of the receiver, whose method runs; null if there is none
     * @param met the classes of the user's objects among receiver and arguments, at any depth, and the methods behind
     *     the functions among them, which are reached too; not kept
     */
    ReachedCode reached(@Nullable Class<?> receiver, MetCode met);

    /**
     * Loads the classes of code that was reached, without initialising them, and returns whether they are what was
     * analysed.
     *
     * <p>A class that is loaded is safe from a rebuild of its file; one that is not loaded yet would run other code
     * than was analysed. Takes as long as loading takes the first time.
     *
     * @param reached what {@link #reached} returned
     */
    default boolean isLoaded(ReachedCode reached) {
        return true;
    }

    /** Returns the code that calls reach without functions among their arguments. */
    default ReachedCode reached(@Nullable Class<?> receiver, Set<Class<?>> met) {
        return reached(receiver, new MetCode(met, Set.of()));
    }
}
