package dev.fleche.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A text for people, on one line and free of control characters.
 *
 * @param text the text
 * @param isNumber whether it stands for a number
 */
record ValueText(String text, boolean isNumber) {

    static final ValueText BLANK = new ValueText("", false);
    static final ValueText UNAVAILABLE = new ValueText("?", false);

    /** A larger value is shown by its size: a page of text is not worth reading gigabytes. */
    static final long MAX_SHOWN_BYTES = 1 << 20;

    private static final int MAX_CHARACTERS = 1000;

    /** Returns the text of a value, {@link #UNAVAILABLE} if it cannot be loaded or its class has none to give. */
    static ValueText of(StoredValue stored, Supplier<? extends @Nullable Object> loading) {
        if (stored instanceof StoredValue.Separate separate && separate.sizeBytes() > MAX_SHOWN_BYTES) {
            return new ValueText(String.format(Locale.ROOT, "(%.1f MB)", separate.sizeBytes() / 1e6), false);
        }
        try {
            Object value = loading.get();
            return new ValueText(oneLine(describe(value)), value instanceof Number);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // one value that cannot be shown must not hide the others; who asks for it alone is told why
            return UNAVAILABLE;
        }
    }

    static ValueText of(String text) {
        return new ValueText(oneLine(text), false);
    }

    private static String describe(@Nullable Object value) {
        if (value != null && value.getClass().isArray()) {
            String inBrackets = Arrays.deepToString(new Object[] {value});
            return inBrackets.substring(1, inBrackets.length() - 1);
        }
        // not String.valueOf, which passes a null from toString on
        return "" + value;
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        int end = Math.min(text.length(), MAX_CHARACTERS);
        for (int i = 0; i < end; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> append(line, c);
            }
        }
        return end < text.length() ? line.append('…').toString() : line.toString();
    }

    private static void append(StringBuilder line, int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> line.append(String.format(Locale.ROOT, "\\u%04x", c));
            default -> line.appendCodePoint(c);
        }
    }
}
