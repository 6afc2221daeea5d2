package dev.fleche;

import dev.fleche.digest.CollectionKind;
import dev.fleche.digest.InaccessibleTypeException;
import dev.fleche.digest.RecordShape;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A short text for a value, on one line.
 *
 * <p>No code of the user's classes runs for it: neither {@code toString}, which may be slow, print a secret or fail,
 * nor accessors.
 */
final class ShortText {

    private static final int MAX_CHARACTERS = 80;
    private static final int MAX_ELEMENTS = 4;
    private static final int MAX_DEPTH = 2;
    private static final int MAX_BITS = 1000;
    private static final String MORE = "…";

    private ShortText() {}

    /** Returns the text of {@code value}; a large one is told by its size. */
    static String of(@Nullable Object value) {
        return shortened(text(value, 0));
    }

    /** Returns the text with the name of the class, for two values whose texts are the same. */
    static String withClass(@Nullable Object value) {
        String text = of(value);
        if (value == null || text.startsWith(className(value.getClass()))) {
            return text;
        }
        return text + " (" + className(value.getClass()) + ")";
    }

    private static String text(@Nullable Object value, int depth) {
        if (value == null) {
            return "null";
        }
        if (value instanceof CharSequence characters && isOfJdk(value)) {
            return quoted(characters);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Class<?> type) {
            return className(type) + ".class";
        }
        if (value instanceof Optional<?> optional) {
            return optional.isEmpty() ? "empty" : text(optional.get(), depth);
        }
        return container(value, depth);
    }

    private static String container(Object value, int depth) {
        if (value.getClass().isArray()) {
            return array(value, depth);
        }
        if (value.getClass().isRecord()) {
            return record(value, depth);
        }
        if (CollectionKind.of(value).isPresent()) {
            return value instanceof Map<?, ?> map ? map(map, depth) : collection((Collection<?>) value, depth);
        }
        return scalar(value);
    }

    private static String scalar(Object value) {
        if (!isOfJdk(value)) {
            return className(value.getClass());
        }
        if (value instanceof BigInteger big && big.bitLength() > MAX_BITS) {
            return "a number of " + big.bitLength() + " bits";
        }
        if (value instanceof BigDecimal big && big.unscaledValue().bitLength() > MAX_BITS) {
            return "a number of " + big.precision() + " digits";
        }
        return oneLine(String.valueOf(value));
    }

    private static String array(Object array, int depth) {
        int length = Array.getLength(array);
        if (length > MAX_ELEMENTS || depth >= MAX_DEPTH) {
            return className(array.getClass().getComponentType()) + "[" + length + "]";
        }
        StringJoiner text = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < length; i++) {
            text.add(text(Array.get(array, i), depth + 1));
        }
        return text.toString();
    }

    private static String collection(Collection<?> collection, int depth) {
        if (collection.size() > MAX_ELEMENTS || depth >= MAX_DEPTH) {
            return count(collection.size(), "element");
        }
        StringJoiner text = new StringJoiner(", ", "[", "]");
        collection.forEach(element -> text.add(text(element, depth + 1)));
        return text.toString();
    }

    private static String map(Map<?, ?> map, int depth) {
        if (map.size() > MAX_ELEMENTS || depth >= MAX_DEPTH) {
            return map.size() == 1 ? "1 entry" : map.size() + " entries";
        }
        StringJoiner text = new StringJoiner(", ", "{", "}");
        map.forEach((key, value) -> text.add(text(key, depth + 1) + "=" + text(value, depth + 1)));
        return text.toString();
    }

    private static String record(Object record, int depth) {
        String name = className(record.getClass());
        if (depth >= MAX_DEPTH) {
            return name;
        }
        StringJoiner text = new StringJoiner(", ", name + "[", "]");
        try {
            RecordShape shape = RecordShape.of(record.getClass());
            @Nullable Object[] values = shape.values(record);
            for (int i = 0; i < values.length; i++) {
                text.add(shape.components().get(i).name() + "=" + text(values[i], depth + 1));
            }
        } catch (InaccessibleTypeException e) {
            // its module hides what is in it
            return name;
        }
        return text.toString();
    }

    /** Returns a number of things. */
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    private static String quoted(CharSequence characters) {
        String start = characters
                .subSequence(0, Math.min(characters.length(), MAX_CHARACTERS))
                .toString();
        return '"' + oneLine(start).replace("\"", "\\\"") + (characters.length() > MAX_CHARACTERS ? MORE : "") + '"';
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        shortened(text).codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> line.append(String.format(Locale.ROOT, "\\u%04x", c));
                default -> line.appendCodePoint(c);
            }
        });
        return line.toString();
    }

    private static String shortened(String text) {
        // the end of a shortened string has three characters more
        return text.length() <= MAX_CHARACTERS + 3 ? text : text.substring(0, MAX_CHARACTERS) + MORE;
    }

    /** Returns the name of a class without those of its package and of the classes around it. */
    private static String className(Class<?> type) {
        String simple = type.getSimpleName();
        return simple.isEmpty() ? type.getName().substring(type.getName().lastIndexOf('.') + 1) : simple;
    }

    private static boolean isOfJdk(Object value) {
        return value.getClass().getModule() == Object.class.getModule();
    }
}
