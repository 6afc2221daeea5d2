package dev.fleche.codec;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The codecs by name: one writes, all read.
 *
 * <p>Whatever goes wrong inside a codec leaves as a {@link CodecException}; only a virtual machine that is out of
 * memory does not. Immutable; safe for use by several threads.
 */
public final class Codecs {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1," + Value.MAX_CODEC_NAME + "}");
    private static final int MAX_VERSION = 0xFFFF;
    private static final Codecs STANDARD = of(new StandardCodec());

    private final Codec writer;
    private final byte[] head;
    private final Map<String, Codec> readers;

    /** The providers, looked for when a value names a codec that is not among the readers. */
    private static final class Provided {

        static final Map<String, Codec> CODECS = new HashMap<>();

        /** What was wrong with the first broken provider, for the message; it does not hide the others. */
        static final String TROUBLE = load();

        private static String load() {
            String trouble = "";
            Iterator<Codec> providers = ServiceLoader.load(Codec.class, Codecs.class.getClassLoader())
                    .iterator();
            boolean more = true;
            while (more) {
                try {
                    more = providers.hasNext();
                    if (more) {
                        Codec codec = providers.next();
                        CODECS.putIfAbsent(codec.name(), codec);
                    }
                } catch (ServiceConfigurationError e) {
                    trouble = trouble.isEmpty() ? "; a provider of codecs is broken: " + e : trouble;
                }
            }
            return trouble;
        }
    }

    private Codecs(Codec writer, byte[] head, Map<String, Codec> readers) {
        this.writer = writer;
        this.head = head;
        this.readers = readers;
    }

    /** Returns the default codec to write, and to read it and every provider of {@link Codec} that is installed. */
    public static Codecs standard() {
        return STANDARD;
    }

    /**
     * Returns {@code writer} to write, and to read it, {@code readers} and every provider of {@link Codec} that is
     * installed; of two codecs with one name, the first.
     *
     * @throws IllegalArgumentException if a codec's name or version does not fit into the head of a value
     */
    public static Codecs of(Codec writer, Codec... readers) {
        byte[] head = head(writer);
        Map<String, Codec> byName = new HashMap<>();
        byName.put(writer.name(), writer);
        for (Codec reader : readers) {
            byName.putIfAbsent(reader.name(), reader);
        }
        return new Codecs(writer, head, Map.copyOf(byName));
    }

    private static byte[] head(Codec codec) {
        String name = Objects.requireNonNull(codec.name(), "name");
        int version = codec.version();
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "expected a codec's name of 1 to 12 of the characters a-z, 0-9 and -, found \"" + name + "\"");
        }
        if (version < 0 || version > MAX_VERSION) {
            throw new IllegalArgumentException(
                    "expected a version from 0 to 65535 for the codec " + name + ", found " + version);
        }
        byte[] head = new byte[Value.HEAD_BYTES];
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        head[0] = (byte) ascii.length;
        System.arraycopy(ascii, 0, head, 1, ascii.length);
        LittleEndian.SHORT.set(head, 1 + Value.MAX_CODEC_NAME, (short) version);
        return head;
    }

    /**
     * Returns {@code value} as encoded bytes.
     *
     * <p>If it is immutable through and through, the result carries the object itself.
     *
     * @param maxBytes the most bytes that the stored encoding may have
     * @throws ValueTooLargeException if it would have more; found out without building it
     * @throws CodecException if the value, or a part of it, cannot be encoded; names the path, the class and the remedy
     */
    public Value encode(@Nullable Object value, TypeContext context, long maxBytes) {
        Objects.requireNonNull(context, "context");
        PayloadSink sink = new PayloadSink(head, maxBytes);
        boolean immutable;
        try {
            immutable = writer.encode(value, context, sink);
        } catch (CodecException e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError | ServiceConfigurationError e) {
            throw new CodecException("the value cannot be encoded: " + describe(e), e);
        }
        Value encoded = Value.ofEncoded(sink.toEncoded());
        // without a loader, two contexts may mean different classes by one name
        boolean shared = immutable && (context.loader() != null || context.isEmpty());
        return shared ? encoded.sharing(value, context.loader()) : encoded;
    }

    /**
     * Returns the object that {@code value} holds: the one it carries, if it is immutable and was encoded for the class
     * loader of {@code context}, else a new one.
     *
     * @throws CodecException if no codec reads the bytes, or they are damaged, foreign or of another shape than the
     *     classes of {@code context}
     */
    public @Nullable Object decode(Value value, TypeContext context) {
        Objects.requireNonNull(context, "context");
        if (value.isSharedWith(context.loader())) {
            return value.shared();
        }
        PayloadSource source = new PayloadSource(value);
        try {
            Object decoded = reader(value).decode(source, context);
            source.expectEnd();
            return decoded;
        } catch (CodecException e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError | ServiceConfigurationError e) {
            throw new CodecException("the value cannot be decoded: " + describe(e), e);
        }
    }

    private static String describe(Throwable e) {
        return e instanceof StackOverflowError
                ? "it is nested too deeply for the stack of this thread; use a flatter value or a larger stack"
                : e.toString();
    }

    private Codec reader(Value value) {
        if (value.startsWith(head)) {
            return writer;
        }
        String name = value.codec();
        Codec reader = readers.get(name);
        if (reader == null) {
            reader = Provided.CODECS.get(name);
        }
        if (reader == null) {
            throw new CodecException("the codec " + name
                    + " is not installed; put the module that provides it on the path" + Provided.TROUBLE);
        }
        if (!reader.reads(value.codecVersion())) {
            throw new CodecException("expected a version of the codec " + name + " that version " + reader.version()
                    + " reads, found " + value.codecVersion() + "; it was stored by another release of the codec");
        }
        return reader;
    }
}
