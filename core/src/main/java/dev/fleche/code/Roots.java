package dev.fleche.code;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an analysis starts. Classes are named by internal name.
 *
 * @param method the function's own method, in the class that declares it
 * @param isVirtual whether a subclass may override it
 * @param receiver the class of the receiver; null if there is none or it is not known
 * @param met classes of which there are objects
 * @param functions references to methods that the function may call because they are passed to it
 * @param dependencies classes whose methods all count
 * @param libraries whether the versions of libraries count
 */
record Roots(
        MethodId method,
        boolean isVirtual,
        @Nullable String receiver,
        Collection<String> met,
        Collection<Edge> functions,
        Collection<String> dependencies,
        boolean libraries) {

    /** Starts without functions among the arguments. */
    Roots(
            MethodId method,
            boolean isVirtual,
            @Nullable String receiver,
            Collection<String> met,
            Collection<String> dependencies,
            boolean libraries) {
        this(method, isVirtual, receiver, met, List.of(), dependencies, libraries);
    }
}
