package dev.fleche.code;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The code that calls of a function can reach.
 *
 * @param all everything reached: {@code CodeKey.TRANSITIVE}
 * @param own the function's own method alone: {@code CodeKey.METHOD}
 * @param methods the number of methods reached
 * @param data the binary names of records and enums that the reached code makes
 * @param warnings what could not be looked into and what was done about it, one line each
 */
public record ReachedCode(CodeManifest all, CodeManifest own, int methods, List<String> data, List<String> warnings) {

    /**
     * A package and the number of its methods that are reached.
     *
     * @param name its name
     * @param methods the number
     */
    public record PackageCount(String name, int methods) {

        /** Returns the count as {@code com.acme (231)}. */
        @Override
        public String toString() {
            return name + " (" + methods + ")";
        }
    }

    /**
     * Returns the packages of the methods reached, those with most methods first; the function's own is not counted.
     */
    public List<PackageCount> packages() {
        Map<String, Integer> counts = all.entries().stream()
                .filter(entry -> entry.kind() == CodeManifest.Kind.METHOD)
                .collect(Collectors.toMap(entry -> ReadableNames.packageOf(entry.name()), entry -> 1, Integer::sum));
        return counts.entrySet().stream()
                .map(each -> new PackageCount(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing(PackageCount::methods).reversed().thenComparing(PackageCount::name))
                .toList();
    }
}
