package dev.fleche;

import dev.fleche.storage.CacheConfig;
import java.io.InvalidObjectException;
import java.nio.charset.StandardCharsets;

/** What the serialised forms of memos, calls and contexts share. */
final class SerialForms {

    /** The version of all forms. Readers do not compare that of records, so each form carries it. */
    static final int VERSION = 1;

    private SerialForms() {}

    /** Fails unless the form is of this version. */
    static void requireVersion(int version) {
        if (version != VERSION) {
            throw new IllegalArgumentException("expected serialised form " + VERSION + ", found " + version
                    + "; use one version of Fleche in all processes");
        }
    }

    /** Fails unless UTF-8 has {@code text}, in which records hold tags. */
    static void requireText(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("expected text in a tag, found half a surrogate pair");
        }
    }

    static void write(CacheConfig config, FlatWriter out) {
        out.writeText(config.type());
        out.writeTexts(config.options());
    }

    static CacheConfig readConfig(FlatReader in) {
        return new CacheConfig(in.readText(), in.readTexts());
    }

    /** Returns what to throw when a stream holds an object that is only ever serialised as its form. */
    static InvalidObjectException noForm(Class<?> type) {
        return new InvalidObjectException("expected the serialised form of a " + type.getSimpleName()
                + ", found its fields; the stream is damaged or forged");
    }

    /** Returns what to throw when a form makes no object here. */
    static InvalidObjectException refused(RuntimeException cause) {
        InvalidObjectException refused = new InvalidObjectException(cause.getMessage());
        refused.initCause(cause);
        return refused;
    }
}
