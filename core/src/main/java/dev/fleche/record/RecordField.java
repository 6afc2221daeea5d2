package dev.fleche.record;

import org.jspecify.annotations.Nullable;

/** A field of a call record that this version of the format knows; fields are written in this order. */
enum RecordField {
    KEY(1, true),
    FUNCTION(2, true),
    VERSION(3, false),
    CODE_DIGEST(4, false),
    ARGUMENTS(5, true),
    RESULT(6, true),
    RESULT_DIGEST(7, false),
    TIMES(8, true),
    TAGS(9, false),
    JAVA_VERSION(10, true),
    COMPUTED_BY(11, false);

    private static final RecordField[] BY_TAG = values();

    private final int tag;
    private final boolean mandatory;

    RecordField(int tag, boolean mandatory) {
        this.tag = tag;
        this.mandatory = mandatory;
    }

    int tag() {
        return tag;
    }

    /** Returns a set of this field alone, as bits. */
    int bit() {
        return 1 << tag;
    }

    static @Nullable RecordField ofTag(int tag) {
        return tag >= 1 && tag <= BY_TAG.length ? BY_TAG[tag - 1] : null;
    }

    /** Returns a mandatory field that is not among {@code present}, bits of fields; null if none is missing. */
    static @Nullable RecordField missing(int present) {
        for (RecordField field : BY_TAG) {
            if (field.mandatory && (present & field.bit()) == 0) {
                return field;
            }
        }
        return null;
    }
}
