package dev.fleche.code;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a class file. Immutable.
 *
 * @param name its internal name
 * @param access its access flags
 * @param superName the internal name of the superclass; null for {@code Object} alone
 * @param interfaces the internal names of the direct superinterfaces, in their order
 * @param declarations what it declares that code may see without a method of its own: fields, its generic supertypes,
 *     and annotations for run time, as text
 * @param methods the methods by {@linkplain MethodId#signature() signature}, without {@code $deserializeLambda$};
 *     lambda bodies, which stand in the methods that make the lambdas, are here too for a function that is one; and so
 *     is what {@link MemoFields} refer to, as methods with names that no method can have
 * @param constants the static fields with a constant value, by name and descriptor ({@code LIMIT:I}), and that value
 * @param enumConstants the names of the constants of an enum, in the order of their ordinals
 * @param switchMaps of a class made by the compiler for switches over enums: for each field the constant of each label
 */
record ClassSummary(
        String name,
        int access,
        @Nullable String superName,
        List<String> interfaces,
        String declarations,
        Map<String, MethodSummary> methods,
        Map<String, String> constants,
        List<String> enumConstants,
        Map<String, Map<Integer, String>> switchMaps) {

    /** Returns whether the contents of all methods can be read, and reads them. */
    boolean isComplete() {
        try {
            for (MethodSummary method : methods.values()) {
                method.content();
            }
            return true;
        } catch (RuntimeException | StackOverflowError e) {
            // code that breaks the rules of class files: whoever reaches it is told
            return false;
        }
    }

    /**
     * Returns whether a method is the body of a lambda.
     *
     * <p>It stands in the texts of the methods that make the lambda, and its name is a number that moves; so it counts
     * for itself only if an edge leads to it, or it is the function.
     */
    boolean isLambdaBody(String signature) {
        MethodSummary method = methods.get(signature);
        return method != null
                && MethodCode.isLambdaBody(method.access(), signature.substring(0, signature.indexOf('(')));
    }
}
