package dev.fleche;

import dev.fleche.annotation.CodeKey;
import dev.fleche.cache.Cache;
import dev.fleche.code.CodeManifest;
import dev.fleche.code.Difference;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What changed between the code that computed a result and that of this program. */
final class CodeComparison {

    private CodeComparison() {}

    /**
     * Returns the parts in which the code with a digest differs from the present one.
     *
     * @return empty if the parts of the recorded code are not in {@code cache} any more
     */
    static Optional<List<Explanation.Change>> between(
            Cache cache, Digest recorded, CodeManifest present, Profile profile) {
        return StoredManifests.find(cache, recorded)
                .map(older -> present.differences(older).stream()
                        .map(difference -> change(difference, profile))
                        .toList());
    }

    /**
     * Returns the parts in which a recorded code is certainly other code than the present one, whatever classes and
     * functions the arguments bring along; nothing if it may be the same code, or another lambda's.
     *
     * <p>Parts that were only added or removed may be those of arguments.
     */
    static List<Explanation.Change> certain(CodeManifest older, CodeManifest present, Profile profile) {
        List<Difference> differences = present.differences(older);
        boolean rootDiffers = differences.stream().anyMatch(each -> each.kind() == CodeManifest.Kind.ROOT);
        if (rootDiffers && profile.code().isNameless()) {
            return List.of();
        }
        boolean rootCounts = hasFixedRoot(profile)
                || differences.stream().allMatch(each -> each.kind() != CodeManifest.Kind.CLASS || each.isChange());
        boolean rootAlone = profile.code().key() == CodeKey.METHOD;
        return differences.stream()
                .filter(Difference::isChange)
                .filter(each -> each.kind() == CodeManifest.Kind.ROOT ? rootCounts : !rootAlone && !isLambda(each))
                .map(each -> change(each, profile))
                .toList();
    }

    /** Returns whether the function's own method is the same one whatever the class of the receiver. */
    private static boolean hasFixedRoot(Profile profile) {
        Executable method = profile.code().method();
        int fixed = Modifier.STATIC | Modifier.PRIVATE | Modifier.FINAL;
        return method instanceof Constructor
                || (method.getModifiers() & fixed) != 0
                || Modifier.isFinal(method.getDeclaringClass().getModifiers());
    }

    /** Returns whether a part stands for all lambdas of a class that are reached, those among arguments too. */
    private static boolean isLambda(Difference difference) {
        return difference.kind() == CodeManifest.Kind.METHOD
                && difference.name().endsWith(".lambda");
    }

    /** Returns whether another Java ran the body than runs this program. */
    static List<Explanation.Change> java(CallRecord record) {
        String now = Runtime.version().toString();
        return record.javaVersion().equals(now)
                ? List.of()
                : List.of(new Explanation.Change(Explanation.Change.Kind.JAVA, "Java", record.javaVersion(), now));
    }

    private static Explanation.Change change(Difference difference, Profile profile) {
        return new Explanation.Change(
                kind(difference.kind()),
                difference.kind() == CodeManifest.Kind.ROOT ? profile.id().toString() : difference.name(),
                Objects.requireNonNullElse(difference.before(), ""),
                Objects.requireNonNullElse(difference.after(), ""));
    }

    private static Explanation.Change.Kind kind(CodeManifest.Kind kind) {
        return switch (kind) {
            case ROOT, METHOD -> Explanation.Change.Kind.METHOD;
            case CLASS -> Explanation.Change.Kind.CLASS;
            case CONSTANT -> Explanation.Change.Kind.CONSTANT;
            case LIBRARY -> Explanation.Change.Kind.LIBRARY;
            case OPAQUE -> Explanation.Change.Kind.OPAQUE;
        };
    }
}
