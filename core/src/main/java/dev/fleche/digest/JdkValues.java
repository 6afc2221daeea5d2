package dev.fleche.digest;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The encoders of the types that the encoding knows by itself. */
final class JdkValues {

    private static final ValueEncoder<Charset> CHARSET = (charset, walk) -> text(Tag.CHARSET, charset.name(), walk);
    private static final Map<Class<?>, ValueEncoder<?>> EXACT = exact();

    private JdkValues() {}

    /** Returns the encoder of a type that the encoding knows, or null. */
    static @Nullable ValueEncoder<?> of(Class<?> type) {
        ValueEncoder<?> exact = EXACT.get(type);
        if (exact != null) {
            return exact;
        }
        if (type.isArray()) {
            return new ObjectArrayEncoder(type.getComponentType());
        }
        if (Path.class.isAssignableFrom(type)) {
            return new PathEncoder();
        }
        if (ZoneId.class.isAssignableFrom(type)) {
            return TimeValues.ZONE;
        }
        if (Charset.class.isAssignableFrom(type)) {
            return isOfUser(type) ? (ValueEncoder<Charset>) JdkValues::ownCharset : CHARSET;
        }
        return isOfJdk(type) ? ofJdk(type) : null;
    }

    private static @Nullable ValueEncoder<?> ofJdk(Class<?> type) {
        if (ComparatorEncoder.knows(type)) {
            return new ComparatorEncoder();
        }
        if (Enum.class.isAssignableFrom(type) && type != Enum.class) {
            return EnumEncoder.of(type);
        }
        if (type.isInterface()) {
            return null;
        }
        if (Map.Entry.class.isAssignableFrom(type)) {
            return new EntryEncoder();
        }
        return CollectionKind.ofType(type).map(JdkValues::collection).orElse(null);
    }

    private static ValueEncoder<?> collection(CollectionKind kind) {
        return kind.family() == CollectionKind.Family.MAP ? new MapEncoder(kind) : new CollectionEncoder(kind);
    }

    private static void ownCharset(Charset charset, Walk walk) {
        walk.meet(charset.getClass());
        CHARSET.encode(charset, walk);
    }

    /** Returns whether a class, or the class of an array's elements, is none of the Java platform. */
    static boolean isOfUser(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        ClassLoader loader = element.getClassLoader();
        return loader != null && loader != ClassLoader.getPlatformClassLoader();
    }

    static boolean isOfJdk(Class<?> type) {
        return type.getModule() == Object.class.getModule();
    }

    private static Map<Class<?>, ValueEncoder<?>> exact() {
        Map<Class<?>, ValueEncoder<?>> encoders = new HashMap<>();
        addScalars(encoders);
        addDates(encoders);
        addNumbers(encoders);
        addNames(encoders);
        addOptionals(encoders);
        PrimitiveArrays.addTo(encoders);
        TimeValues.addTo(encoders);
        add(encoders, Digest.class, (digest, out) -> {
            out.putByte(Tag.DIGEST);
            out.putDigest(digest);
        });
        add(encoders, Address.class, (address, out) -> {
            out.putByte(Tag.ADDRESS);
            out.putDigest(address.sha256());
        });
        encoders.put(FileContent.class, new FileContentEncoder());
        return Map.copyOf(encoders);
    }

    @SuppressWarnings("JavaUtilDate") // users have them
    private static void addDates(Map<Class<?>, ValueEncoder<?>> encoders) {
        add(encoders, Date.class, (value, out) -> out.putLong(Tag.DATE, value.getTime()));
    }

    private static void addScalars(Map<Class<?>, ValueEncoder<?>> encoders) {
        add(encoders, Boolean.class, (value, out) -> out.putByte(Tag.BOOLEAN, value ? 1 : 0));
        add(encoders, Byte.class, (value, out) -> out.putByte(Tag.BYTE, value));
        add(encoders, Short.class, (value, out) -> out.putShort(Tag.SHORT, value));
        add(encoders, Character.class, (value, out) -> out.putShort(Tag.CHAR, value));
        add(encoders, Integer.class, (value, out) -> out.putInt(Tag.INT, value));
        add(encoders, Long.class, (value, out) -> out.putLong(Tag.LONG, value));
        add(encoders, Float.class, (value, out) -> out.putInt(Tag.FLOAT, Float.floatToIntBits(value)));
        add(encoders, Double.class, (value, out) -> out.putLong(Tag.DOUBLE, Double.doubleToLongBits(value)));
        add(encoders, UUID.class, (value, out) -> {
            out.putLong(Tag.UUID, value.getMostSignificantBits());
            out.putLong(value.getLeastSignificantBits());
        });
        add(encoders, MathContext.class, (value, out) -> {
            out.putInt(Tag.MATH_CONTEXT, value.getPrecision());
            out.putString(value.getRoundingMode().name());
        });
    }

    private static void addNumbers(Map<Class<?>, ValueEncoder<?>> encoders) {
        put(encoders, BigInteger.class, (value, walk) -> {
            walk.out.putByte(Tag.BIG_INTEGER);
            putUnscaled(value, walk.out);
        });
        put(encoders, BigDecimal.class, (value, walk) -> {
            walk.out.putInt(Tag.BIG_DECIMAL, value.scale());
            putUnscaled(value.unscaledValue(), walk.out);
        });
        put(encoders, BitSet.class, (value, walk) -> {
            long[] words = value.toLongArray();
            walk.out.putInt(Tag.BIT_SET, words.length);
            PrimitiveArrays.putLongs(words, walk.out);
        });
    }

    private static void putUnscaled(BigInteger value, DigestWriter out) {
        byte[] bytes = value.toByteArray();
        out.putInt(bytes.length);
        out.putBytes(bytes);
    }

    private static void addNames(Map<Class<?>, ValueEncoder<?>> encoders) {
        put(encoders, String.class, (value, walk) -> text(Tag.STRING, value, walk));
        put(encoders, URI.class, (value, walk) -> text(Tag.URI, value.toString(), walk));
        put(encoders, File.class, (value, walk) -> text(Tag.FILE, value.getPath(), walk));
        put(encoders, Currency.class, (value, walk) -> text(Tag.CURRENCY, value.getCurrencyCode(), walk));
        put(encoders, Locale.class, JdkValues::locale);
        put(encoders, Class.class, (value, walk) -> {
            if (!StableName.isStable(value)) {
                throw walk.fail(" is the " + value + ", whose name differs from run to run; pass another class");
            }
            if (isOfUser(value)) {
                walk.meet(value);
            }
            text(Tag.CLASS, value.getName(), walk);
        });
    }

    private static void locale(Locale locale, Walk walk) {
        DigestWriter out = walk.out;
        out.putByte(Tag.LOCALE);
        out.putString(locale.getLanguage());
        out.putString(locale.getScript());
        out.putString(locale.getCountry());
        out.putString(locale.getVariant());
        Character[] keys = locale.getExtensionKeys().toArray(Character[]::new);
        Arrays.sort(keys);
        out.putInt(keys.length);
        for (Character key : keys) {
            out.putShort(key);
            out.putString(String.valueOf(locale.getExtension(key)));
        }
    }

    private static void addOptionals(Map<Class<?>, ValueEncoder<?>> encoders) {
        encoders.put(Optional.class, new OptionalEncoder());
        add(encoders, OptionalInt.class, (value, out) -> {
            out.putByte(Tag.OPTIONAL_INT, value.isPresent() ? 1 : 0);
            value.ifPresent(out::putInt);
        });
        add(encoders, OptionalLong.class, (value, out) -> {
            out.putByte(Tag.OPTIONAL_LONG, value.isPresent() ? 1 : 0);
            value.ifPresent(out::putLong);
        });
        add(encoders, OptionalDouble.class, (value, out) -> {
            out.putByte(Tag.OPTIONAL_DOUBLE, value.isPresent() ? 1 : 0);
            value.ifPresent(number -> out.putLong(Double.doubleToLongBits(number)));
        });
    }

    static void text(int tag, String text, Walk walk) {
        walk.out.putByte(tag);
        walk.out.putString(text);
    }

    static <T> void add(
            Map<Class<?>, ValueEncoder<?>> encoders, Class<T> type, BiConsumer<? super T, DigestWriter> content) {
        encoders.put(type, new ShortEncoder<T>(content));
    }

    private static <T> void put(Map<Class<?>, ValueEncoder<?>> encoders, Class<T> type, ValueEncoder<T> encoder) {
        encoders.put(type, encoder);
    }

    /** Encodes an optional value. */
    private static final class OptionalEncoder implements ValueEncoder<Optional<?>> {
        @Override
        public void encode(Optional<?> value, Walk walk) {
            walk.out.putByte(Tag.OPTIONAL, value.isPresent() ? 1 : 0);
            if (value.isPresent()) {
                walk.child(0, value.get());
            }
        }

        @Override
        public String step(Optional<?> value, int position, @Nullable Object note) {
            return ".get()";
        }
    }

    /** Encodes an entry of a map that stands by itself, such as an {@link AbstractMap.SimpleEntry}. */
    private static final class EntryEncoder implements ValueEncoder<Map.Entry<?, ?>> {
        @Override
        public void encode(Map.Entry<?, ?> value, Walk walk) {
            walk.out.putByte(Tag.ENTRY);
            walk.child(0, value.getKey());
            walk.child(1, value.getValue());
        }

        @Override
        public String step(Map.Entry<?, ?> value, int position, @Nullable Object note) {
            return position == 0 ? ".getKey()" : ".getValue()";
        }
    }
}
