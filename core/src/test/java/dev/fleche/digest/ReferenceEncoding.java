package dev.fleche.digest;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The encoding as docs/format.md describes it, written for clarity: one byte array for every value. */
final class ReferenceEncoding {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    static Digest digest(@Nullable Object value) {
        ReferenceEncoding encoding = new ReferenceEncoding();
        encoding.value(value);
        return encoding.digest();
    }

    private Digest digest() {
        MessageDigest sha = Sha256.create();
        sha.update((byte) 1);
        return Digest.of(sha.digest(bytes.toByteArray()));
    }

    /** Writes {@code count} bytes of {@code value}, the lowest first. */
    private void put(long value, int count) {
        for (int i = 0; i < count; i++) {
            bytes.write((int) (value >>> (8 * i)));
        }
    }

    private void child(@Nullable Object value) {
        ReferenceEncoding child = new ReferenceEncoding();
        child.value(value);
        if (child.bytes.size() <= 4096) {
            bytes.writeBytes(child.bytes.toByteArray());
        } else {
            put(0x01, 1);
            bytes.writeBytes(child.digest().toBytes());
        }
    }

    private void string(String text) {
        put(text.length(), 4);
        text.chars().forEach(unit -> put(unit, 2));
    }

    private void name(String name) {
        ByteArrayOutputStream utf = new ByteArrayOutputStream();
        try {
            new DataOutputStream(utf).writeUTF(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        put(utf.size() - 2, 2);
        bytes.write(utf.toByteArray(), 2, utf.size() - 2);
    }

    private void value(@Nullable Object value) {
        if (value == null) {
            put(0x00, 1);
        } else if (value.getClass().isArray()) {
            array(value);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Collection<?> collection) {
            collection(collection);
        } else if (value instanceof Record) {
            record(value);
        } else if (value instanceof Comparator<?> comparator) {
            comparator(comparator);
        } else if (!scalar(value) && !text(value)) {
            other(value);
        }
    }

    private boolean scalar(Object value) {
        if (value instanceof Boolean flag) {
            put(0x02, 1);
            put(flag ? 1 : 0, 1);
        } else if (value instanceof Byte number) {
            put(0x03, 1);
            put(number, 1);
        } else if (value instanceof Short number) {
            put(0x04, 1);
            put(number, 2);
        } else if (value instanceof Character unit) {
            put(0x05, 1);
            put(unit, 2);
        } else if (value instanceof Integer number) {
            put(0x06, 1);
            put(number, 4);
        } else if (value instanceof Long number) {
            put(0x07, 1);
            put(number, 8);
        } else if (value instanceof Float number) {
            put(0x08, 1);
            put(number.isNaN() ? 0x7FC00000 : Float.floatToRawIntBits(number), 4);
        } else if (value instanceof Double number) {
            put(0x09, 1);
            real(number);
        } else {
            return false;
        }
        return true;
    }

    private void real(double number) {
        put(Double.isNaN(number) ? 0x7FF8000000000000L : Double.doubleToRawLongBits(number), 8);
    }

    private void big(BigInteger number) {
        byte[] content = number.toByteArray();
        put(content.length, 4);
        bytes.writeBytes(content);
    }

    private boolean text(Object value) {
        if (value instanceof String text) {
            text(0x0C, text);
        } else if (value instanceof URI uri) {
            text(0x31, uri.toString());
        } else if (value instanceof Currency currency) {
            text(0x33, currency.getCurrencyCode());
        } else if (value instanceof Charset charset) {
            text(0x34, charset.name());
        } else if (value instanceof Path path) {
            text(0x3D, path.toString());
        } else if (value instanceof File file) {
            text(0x3F, file.getPath());
        } else {
            return false;
        }
        return true;
    }

    private void text(int tag, String text) {
        put(tag, 1);
        string(text);
    }

    private void array(Object array) {
        Class<?> component = array.getClass().getComponentType();
        int length = Array.getLength(array);
        if (component.isPrimitive()) {
            String kinds = "boolean byte short char int long float double";
            put(0x10 + Arrays.asList(kinds.split(" ")).indexOf(component.getName()), 1);
        } else {
            put(0x18, 1);
            name(component.getName());
        }
        put(length, 4);
        for (int i = 0; i < length; i++) {
            if (component.isPrimitive()) {
                element(Array.get(array, i));
            } else {
                child(Array.get(array, i));
            }
        }
    }

    /** Writes a scalar without its tag. */
    private void element(Object scalar) {
        ReferenceEncoding tagged = new ReferenceEncoding();
        tagged.scalar(scalar);
        bytes.write(tagged.bytes.toByteArray(), 1, tagged.bytes.size() - 1);
    }

    private void collection(Collection<?> collection) {
        CollectionKind kind = CollectionKind.of(collection).orElseThrow();
        Comparator<?> comparator = CollectionKind.comparatorOf(collection);
        int tag = switch (kind.family()) {
            case LIST -> 0x50;
            case SET -> setTag(kind, comparator);
            case QUEUE -> kind == CollectionKind.PRIORITY_QUEUE ? 0x58 : 0x57;
            case COLLECTION -> 0x59;
            case MAP -> throw new IllegalStateException();
        };
        put(tag, 1);
        if (tag == 0x53 || tag == 0x58) {
            child(comparator);
        }
        put(collection.size(), 4);
        ReferenceEncoding[] entries = collection.stream()
                .map(element -> {
                    ReferenceEncoding entry = new ReferenceEncoding();
                    entry.child(element);
                    return entry;
                })
                .toArray(ReferenceEncoding[]::new);
        entries(entries, tag == 0x51);
    }

    private static int setTag(CollectionKind kind, @Nullable Comparator<?> comparator) {
        return switch (kind.order()) {
            case FREE -> 0x51;
            case KEPT -> 0x52;
            case SORTED -> comparator == null ? 0x51 : 0x53;
        };
    }

    private void map(Map<?, ?> map) {
        Comparator<?> comparator = CollectionKind.comparatorOf(map);
        // the tags of maps are those of sets and three
        int tag = 3 + setTag(CollectionKind.of(map).orElseThrow(), comparator);
        put(tag, 1);
        if (tag == 0x56) {
            child(comparator);
        }
        put(map.size(), 4);
        ReferenceEncoding[] entries = map.entrySet().stream()
                .map(e -> {
                    ReferenceEncoding entry = new ReferenceEncoding();
                    entry.child(e.getKey());
                    entry.child(e.getValue());
                    return entry;
                })
                .toArray(ReferenceEncoding[]::new);
        entries(entries, tag == 0x54);
    }

    private void entries(ReferenceEncoding[] entries, boolean sorted) {
        byte[][] encoded =
                Arrays.stream(entries).map(entry -> entry.bytes.toByteArray()).toArray(byte[][]::new);
        if (sorted) {
            Arrays.sort(encoded, Arrays::compareUnsigned);
        }
        Arrays.stream(encoded).forEach(bytes::writeBytes);
    }

    private void comparator(Comparator<?> comparator) {
        put(0x5A, 1);
        if (comparator == Comparator.naturalOrder()) {
            put(1, 1);
        } else if (comparator == Collections.reverseOrder()) {
            put(2, 1);
        } else if (comparator == String.CASE_INSENSITIVE_ORDER) {
            put(3, 1);
        } else {
            put(4, 1);
            child(Collections.reverseOrder(comparator));
        }
    }

    private void record(Object value) {
        RecordShape shape = RecordShape.of(value.getClass());
        @Nullable Object[] values = shape.values(value);
        put(0x21, 1);
        name(value.getClass().getName());
        put(values.length, 2);
        for (int i = 0; i < values.length; i++) {
            name(shape.components().get(i).name());
            child(values[i]);
        }
    }

    private void other(Object value) {
        if (value instanceof Enum<?> constant) {
            put(0x20, 1);
            name(constant.getDeclaringClass().getName());
            name(constant.name());
        } else if (value instanceof BigInteger number) {
            put(0x0A, 1);
            big(number);
        } else if (value instanceof BigDecimal number) {
            put(0x0B, 1);
            put(number.scale(), 4);
            big(number.unscaledValue());
        } else if (value instanceof UUID uuid) {
            put(0x30, 1);
            put(uuid.getMostSignificantBits(), 8);
            put(uuid.getLeastSignificantBits(), 8);
        } else if (value instanceof BitSet bits) {
            long[] words = bits.toLongArray();
            put(0x3A, 1);
            put(words.length, 4);
            Arrays.stream(words).forEach(word -> put(word, 8));
        } else if (value instanceof Map.Entry<?, ?> entry) {
            put(0x3C, 1);
            child(entry.getKey());
            child(entry.getValue());
        } else if (value instanceof Locale locale) {
            locale(locale);
        } else if (!optional(value)) {
            bytes.writeBytes(ReferenceTimes.encode(value));
        }
    }

    private void locale(Locale locale) {
        put(0x32, 1);
        string(locale.getLanguage());
        string(locale.getScript());
        string(locale.getCountry());
        string(locale.getVariant());
        put(locale.getExtensionKeys().size(), 4);
        for (char key : new TreeSet<>(locale.getExtensionKeys())) {
            put(key, 2);
            string(locale.getExtension(key));
        }
    }

    private boolean optional(Object value) {
        if (value instanceof Optional<?> optional) {
            put(0x36, 1);
            put(optional.isPresent() ? 1 : 0, 1);
            optional.ifPresent(this::child);
        } else if (value instanceof OptionalInt number) {
            put(0x37, 1);
            put(number.isPresent() ? 1 : 0, 1);
            number.ifPresent(n -> put(n, 4));
        } else if (value instanceof OptionalLong number) {
            put(0x38, 1);
            put(number.isPresent() ? 1 : 0, 1);
            number.ifPresent(n -> put(n, 8));
        } else if (value instanceof OptionalDouble number) {
            put(0x39, 1);
            put(number.isPresent() ? 1 : 0, 1);
            number.ifPresent(this::real);
        } else {
            return false;
        }
        return true;
    }
}
