package dev.fleche;

import dev.fleche.codec.CodecException;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call as they are serialised.
 *
 * <p>Each is encoded by the codec if that can encode it, and is else left to Java's serialisation. Where they arrive,
 * the codec makes only objects of classes that the function's signature reaches. Not thread-safe; confined to one form.
 */
final class SentArguments {

    private static final int PLAIN = 0;
    private static final int STORED = 1;
    private static final int ENCODED = 2;
    private static final int ENCODED_BY_THE_SAME = 3;
    private static final int APART = 4;

    /** From this length on, an encoded argument is an object of its own: streams write it without another copy. */
    private static final int MIN_APART = 4096;

    private static final int CODEC_NAME = Value.HEAD_BYTES - 4;

    private final Memo<?> memo;
    private final FlatWriter out;
    private final SerialObjects objects;
    private String head = "";

    SentArguments(Memo<?> memo, FlatWriter out, SerialObjects objects) {
        this.memo = memo;
        this.out = out;
        this.objects = objects;
    }

    /**
     * Writes the arguments; what is no bytes is put among the objects.
     *
     * @throws NotSerializableException if one can be carried in neither way; the message names the way out
     */
    void write(@Nullable Object[] arguments) throws NotSerializableException {
        for (int i = 0; i < arguments.length; i++) {
            write(i, arguments[i]);
        }
    }

    private void write(int position, @Nullable Object argument) throws NotSerializableException {
        if (argument instanceof StoredArguments.Stored stored) {
            out.writeByte(STORED);
            out.write(Address.parse(stored.hex()).sha256().toBytes());
            return;
        }
        Object plain = argument;
        if (argument instanceof EncodedArgument encoded) {
            Value value = encoded.value();
            if (value != null) {
                write(value);
                return;
            }
            plain = encoded.get(memo, position);
        }
        try {
            write(Codecs.standard().encode(plain, memo.profile().context(), Integer.MAX_VALUE));
        } catch (CodecException e) {
            writePlain(position, plain, String.valueOf(e.getMessage()));
        }
    }

    private void write(Value value) {
        byte[] encoded = value.encoded();
        if (encoded.length >= MIN_APART) {
            out.writeByte(APART);
            out.writeInt(FlatWriter.checksum(encoded, encoded.length));
            objects.put(encoded);
            return;
        }
        String codec = value.codec() + ' ' + value.codecVersion();
        if (codec.equals(head)) {
            out.writeByte(ENCODED_BY_THE_SAME);
        } else {
            out.writeByte(ENCODED);
            out.writeText(value.codec());
            out.writeCount(value.codecVersion());
            head = codec;
        }
        out.writeCount(encoded.length - Value.HEAD_BYTES);
        out.write(encoded, Value.HEAD_BYTES, encoded.length - Value.HEAD_BYTES);
    }

    private void writePlain(int position, @Nullable Object argument, String refusal) throws NotSerializableException {
        String label = label(memo, position);
        if (argument != null && !(argument instanceof Serializable)) {
            throw new NotSerializableException(
                    trouble(label, argument.getClass().getName(), refusal));
        }
        out.writeByte(PLAIN);
        objects.put(new NamedObject(argument, found -> trouble(label, found, refusal)));
    }

    private static String trouble(String label, String found, String refusal) {
        return "expected " + label + " to be what the codec or Java's serialisation carries to another process, found "
                + found + ", which is not serializable (codec: " + refusal
                + "); make it a record of values that the codec knows, or let its class implement java.io.Serializable";
    }

    /** Returns what to call an argument in a message. */
    static String label(Memo<?> memo, int position) {
        List<String> names = memo.profile().argumentNames();
        String name = names.size() == memo.arity() ? " (" + names.get(position) + ")" : "";
        return "argument " + position + name + " of " + memo.profile().label();
    }

    /** Reads as many arguments as the function has; encoded ones are decoded when they are needed. */
    static @Nullable Object[] read(int arity, FlatReader in, SerialObjects objects) {
        @Nullable Object[] arguments = new @Nullable Object[arity];
        byte[] head = {};
        for (int i = 0; i < arity; i++) {
            int kind = in.readByte();
            if (kind == ENCODED) {
                head = readHead(in);
            }
            arguments[i] = switch (kind) {
                case PLAIN -> objects.take(NamedObject.class).object();
                case STORED ->
                    new StoredArguments.Stored(new Address(Digest.of(in.readBytes(Digest.BYTES))).toString());
                case ENCODED, ENCODED_BY_THE_SAME -> new EncodedArgument(readValue(in, head));
                case APART -> new EncodedArgument(readApart(in, objects));
                default ->
                    throw new IllegalArgumentException("expected a form of an argument, found number " + kind
                            + "; the stream is damaged or forged");
            };
        }
        return arguments;
    }

    private static byte[] readHead(FlatReader in) {
        byte[] name = in.readText().getBytes(StandardCharsets.ISO_8859_1);
        int version = in.readCount();
        byte[] head = new byte[Value.HEAD_BYTES];
        head[0] = (byte) name.length;
        System.arraycopy(name, 0, head, 1, Math.min(name.length, CODEC_NAME));
        head[1 + CODEC_NAME] = (byte) version;
        head[2 + CODEC_NAME] = (byte) (version >> Byte.SIZE);
        return head;
    }

    private static Value readValue(FlatReader in, byte[] head) {
        byte[] payload = in.readBytes(in.readCount());
        byte[] encoded = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, encoded, head.length, payload.length);
        return Value.ofEncoded(encoded);
    }

    private static Value readApart(FlatReader in, SerialObjects objects) {
        int checksum = in.readInt();
        byte[] encoded = objects.take(byte[].class);
        if (checksum != FlatWriter.checksum(encoded, encoded.length)) {
            throw new IllegalArgumentException(
                    "expected an argument as it was sent, found other bytes; the stream is damaged or forged");
        }
        return Value.ofEncoded(encoded);
    }
}
