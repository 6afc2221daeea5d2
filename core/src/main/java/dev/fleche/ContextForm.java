package dev.fleche;

import dev.fleche.storage.CacheConfig;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A frozen context as it is serialised.
 *
 * <p>Whatever a stream says goes through the constructor, which checks it.
 *
 * @param version the version of the form
 * @param cache the configuration of the cache
 * @param tags the tags
 * @param rerun whether a rerun was under way
 */
record ContextForm(int version, CacheConfig cache, Map<String, String> tags, boolean rerun) implements Serializable {

    private static final long serialVersionUID = 1;

    ContextForm {
        SerialForms.requireVersion(version);
        Objects.requireNonNull(cache, "cache");
        Map<String, String> copy = new TreeMap<>();
        tags.forEach((name, value) -> copy.put(requireText(name), requireText(value)));
        tags = copy;
    }

    private static String requireText(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("expected text in a tag, found half a surrogate pair");
        }
        return text;
    }

    private Object readResolve() {
        return Context.travelled(TravelledCache.of(cache), tags, rerun);
    }
}
