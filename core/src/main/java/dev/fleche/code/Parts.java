package dev.fleche.code;

import dev.fleche.code.CodeManifest.Entry;
import dev.fleche.code.CodeManifest.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The parts of a manifest while they are collected.
 *
 * <p>Two parts of one name, such as two versions of a library, become one with both contents. Not thread-safe.
 */
final class Parts {

    /** Shorter than a digest in hex, so that no content can be taken for one. */
    private static final int MAX_CONTENT = 60;

    private static final int MAX_NAME = 2_000;

    private final Map<Kind, SortedMap<String, SortedSet<String>>> parts = new EnumMap<>(Kind.class);

    /** Adds a part; adding it again changes nothing. */
    void add(Kind kind, String name, String content) {
        parts.computeIfAbsent(kind, any -> new TreeMap<>())
                .computeIfAbsent(bounded(name), any -> new TreeSet<>())
                .add(content);
    }

    /** Adds a part whose content is replaced by its digest if it is long. */
    void addBrief(Kind kind, String name, String content) {
        add(
                kind,
                name,
                content.length() <= MAX_CONTENT
                        ? content
                        : new Sha256Text().add(content).digest().toString());
    }

    private static String bounded(String name) {
        return name.length() <= MAX_NAME
                ? name
                : name.substring(0, MAX_NAME) + "… "
                        + new Sha256Text().add(name).digest();
    }

    /** Returns all parts so far. */
    CodeManifest manifest() {
        List<Entry> entries = new ArrayList<>();
        parts.forEach((kind, named) -> named.forEach((name, contents) -> {
            String joined = String.join(", ", contents);
            boolean several = contents.size() > 1 && joined.length() > MAX_CONTENT;
            String content = several ? new Sha256Text().add(joined).digest().toString() : joined;
            entries.add(new Entry(kind, name, content));
        }));
        return new CodeManifest(entries);
    }
}
