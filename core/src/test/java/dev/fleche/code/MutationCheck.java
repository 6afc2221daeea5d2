package dev.fleche.code;

import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The check of the analysis against what really runs: another body for each method that was entered from a root must
 * give the root another digest.
 */
final class MutationCheck {

    /**
     * A function to be analysed, and what running it has entered.
     *
     * @param label its name and inputs, for messages
     * @param executable the function
     * @param receiver the class of the receiver, or null
     * @param met the classes of what was handed in
     * @param entered the methods that were entered
     */
    record Root(
            String label,
            Executable executable,
            @Nullable Class<?> receiver,
            Set<Class<?>> met,
            Set<MethodId> entered) {}

    /**
     * What came of it.
     *
     * @param roots the number of roots
     * @param methods the number of methods that were changed
     * @param pairs the number of pairs of a root and a method that it entered
     * @param misses the pairs whose digest was the same as before
     */
    record Outcome(int roots, int methods, int pairs, List<String> misses) {
        @Override
        public String toString() {
            return roots + " roots, " + methods + " methods changed in turn, " + pairs + " pairs checked, "
                    + misses.size() + " misses";
        }
    }

    /** The digest of what a root reaches, with some classes replaced. */
    interface Analysis {
        CodeManifest manifest(Root root, Map<String, ClassSummary> replaced);
    }

    private final Map<String, byte[]> files;
    private final Analysis analysis;

    MutationCheck(Map<String, byte[]> files, Analysis analysis) {
        this.files = files;
        this.analysis = analysis;
    }

    Outcome of(List<Root> roots) throws ClassFileException {
        Map<Root, CodeManifest> before = new LinkedHashMap<>();
        Map<String, MethodId> methods = new TreeMap<>();
        for (Root root : roots) {
            before.put(root, analysis.manifest(root, Map.of()));
            root.entered().forEach(method -> methods.put(method.toString(), method));
        }
        int pairs = 0;
        List<String> misses = new ArrayList<>();
        for (MethodId method : methods.values()) {
            byte[] changed = Rewriting.mutated(Objects.requireNonNull(files.get(method.owner())), method);
            Map<String, ClassSummary> replaced = Map.of(method.owner(), ClassSummaries.read(changed));
            for (Root root : roots) {
                if (root.entered().contains(method)) {
                    pairs++;
                    if (analysis.manifest(root, replaced).equals(before.get(root))) {
                        misses.add(root.label() + " entered " + method);
                    }
                }
            }
        }
        return new Outcome(roots.size(), methods.size(), pairs, misses);
    }
}
