package dev.fleche;

import dev.fleche.digest.Digest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The sentences of explanations. */
final class ExplanationText {

    private static final int MAX_NAMED = 3;

    private static final int SHORT_HEX = 12;

    /** The names of packages in front of those of classes, which no reader needs. */
    private static final Pattern PACKAGES = Pattern.compile("\\b(?:[\\p{Ll}_][\\w]*\\.)+(?=\\p{Lu})");

    private static final String AGAIN = "; the next call computes it again";

    private ExplanationText() {}

    static String of(Explanation.Hit hit) {
        return "hit: the result of " + hit.function().shortName() + " was computed at " + time(hit.computed())
                + (hit.adopted() ? " by other code, and adopted" : "") + "."
                + (hit.changes().isEmpty()
                        ? ""
                        : " Since then " + list(hit.changes())
                                + ", which takes no part in its key; if that matters, rerun the call.");
    }

    static String of(Explanation.NeverComputed never) {
        String function = never.function().shortName();
        return never.lambda()
                ? "miss: no call of this lambda, known by its body as " + function + ", is recorded."
                : "miss: no call of " + function + " is recorded.";
    }

    static String of(Explanation.ArgumentDiffers miss) {
        return "miss: the nearest recorded call of " + miss.function().shortName() + " differs in "
                + list(miss.differences(), miss.count(), "place") + "."
                + (miss.changes().isEmpty() ? "" : " Besides, " + list(miss.changes()) + ".");
    }

    static String of(Explanation.VersionDiffers miss) {
        return "miss: " + (miss.sameArguments() ? "this call" : miss.function().shortName()) + " is recorded "
                + version(miss.recorded()) + " alone, and the function is now " + version(miss.present()) + ".";
    }

    private static String version(Optional<String> version) {
        return version.map(text -> "of version \"" + text + "\"").orElse("without a version");
    }

    static String of(Explanation.CodeChanged miss) {
        String what = miss.changes().isEmpty()
                ? "the code changed, in what is not known, for the list of its parts is gone"
                : list(miss.changes());
        return "miss: since the result of this call of " + miss.function().shortName() + " was computed at "
                + time(miss.computed()) + ", " + what + ". "
                + switch (miss.choice()) {
                    case RECOMPUTE ->
                        "If the result is still right, keep it by memo.adopt(…) or"
                                + " Option.onCodeChange(CodeChange.ADOPT).";
                    case ADOPT -> "The next call adopts that result.";
                    case FAIL -> "The next call fails.";
                };
    }

    static String of(Explanation.ValueLost miss) {
        return miss("its result is gone, deleted or evicted", miss.key(), miss.detail());
    }

    static String of(Explanation.Damaged miss) {
        return miss("its entry is damaged", miss.key(), miss.detail());
    }

    static String of(Explanation.Undecodable miss) {
        return miss("its result cannot be decoded here", miss.key(), miss.detail());
    }

    private static String miss(String what, Digest key, String detail) {
        return "miss: the call " + key.prefix(12) + " is recorded, but " + what + detail(detail) + AGAIN + ".";
    }

    static String of(Explanation.Unavailable miss) {
        return "miss: the cache cannot be asked for " + miss.function().shortName() + detail(miss.detail()) + ".";
    }

    static String of(Explanation.NotCached uncached) {
        return "not cached: " + uncached.reason() + ".";
    }

    private static String detail(String detail) {
        return detail.isEmpty() ? "" : " (" + detail + ")";
    }

    static String of(Explanation.Change change) {
        String name = PACKAGES.matcher(change.name()).replaceAll("");
        return switch (change.kind()) {
            case JAVA, LIBRARY -> change.name() + contents(" ", change);
            case CONSTANT -> name + contents(": ", change);
            case CLASS -> isChange(change) ? "the supertypes of " + name + " changed" : name + verb(change);
            case METHOD, OPAQUE -> name + verb(change);
        };
    }

    private static boolean isChange(Explanation.Change change) {
        return !change.recorded().isEmpty() && !change.present().isEmpty();
    }

    private static String verb(Explanation.Change change) {
        if (isChange(change)) {
            return " changed";
        }
        return change.recorded().isEmpty() ? " is reached now" : " is no longer reached";
    }

    private static String contents(String separator, Explanation.Change change) {
        return isChange(change) ? separator + brief(change.recorded()) + " → " + brief(change.present()) : verb(change);
    }

    /** Returns the start of a digest that stands for what is too long. */
    private static String brief(String content) {
        return content.length() == 2 * Digest.BYTES ? content.substring(0, SHORT_HEX) : content;
    }

    static String list(List<Explanation.Change> changes) {
        return list(changes, changes.size(), "change");
    }

    /** Returns the first items, and how many more there are. */
    static String list(List<?> items, long count, String noun) {
        String named = items.stream().limit(MAX_NAMED).map(Object::toString).collect(Collectors.joining(", "));
        long more = count - Math.min(items.size(), MAX_NAMED);
        return named + (more <= 0 ? "" : " and " + ShortText.count(more, "more " + noun));
    }

    private static Instant time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
