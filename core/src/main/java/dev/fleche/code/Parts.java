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
        SortedMap<String, SortedSet<String>> named = parts.get(kind);
        if (named == null) {
            named = new TreeMap<>();
            parts.put(kind, named);
        }
        String bounded = bounded(name);
        SortedSet<String> contents = named.get(bounded);
        if (contents == null) {
            contents = new TreeSet<>();
            named.put(bounded, contents);
        }
        contents.add(content);
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
        for (Map.Entry<Kind, SortedMap<String, SortedSet<String>>> part : parts.entrySet()) {
            for (Map.Entry<String, SortedSet<String>> named : part.getValue().entrySet()) {
                entries.add(new Entry(part.getKey(), named.getKey(), content(named.getValue())));
            }
        }
        return new CodeManifest(entries);
    }

    private static String content(SortedSet<String> contents) {
        String joined = String.join(", ", contents);
        boolean several = contents.size() > 1 && joined.length() > MAX_CONTENT;
        return several ? new Sha256Text().add(joined).digest().toString() : joined;
    }
}
