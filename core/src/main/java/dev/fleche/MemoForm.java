package dev.fleche;

import dev.fleche.cache.Cache;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A memo as it is serialised: its function, its settings, and what it is bound to.
 *
 * <p>Whatever a stream says goes the way of {@code Fleche.of}, so that id, key and claim are what they would be there.
 *
 * @param flat its bytes, in the order of {@link #of}
 * @param home the class that contains the function, or null if the function is among {@code objects}
 * @param objects what only the stream can carry, or null if there is nothing
 */
@SuppressWarnings({"serial", "ArrayRecordComponent"}) // objects say so if they are not; nobody compares forms
record MemoForm(byte[] flat, @Nullable Class<?> home, Object @Nullable [] objects) implements Serializable {

    private static final long serialVersionUID = 1;

    /**
     * Returns the form of a memo.
     *
     * @throws NotSerializableException if its cache does not travel
     */
    static MemoForm of(Memo<?> memo) throws NotSerializableException {
        FlatWriter out = FlatWriter.ofForm();
        SerialObjects objects = SerialObjects.empty();
        FunctionForm form = memo.profile().form(memo);
        form.write(memo, out, objects);
        writeCache(memo, out);
        Context bound = memo.bound();
        out.writeByte(bound == null ? 0 : 1);
        if (bound != null) {
            bound.write(out);
        }
        return new MemoForm(out.toForm(), form.home(), objects.toArray());
    }

    /** Writes the memo's own cache, if it has one. */
    static void writeCache(Memo<?> memo, FlatWriter out) throws NotSerializableException {
        Cache cache = memo.cache();
        out.writeByte(cache == null ? 0 : 1);
        if (cache != null) {
            SerialForms.write(TravelledCache.configOf(cache), out);
        }
    }

    /** Reads what {@link #writeCache} wrote. */
    static @Nullable Cache readCache(FlatReader in) {
        return in.readFlag() ? TravelledCache.of(SerialForms.readConfig(in)) : null;
    }

    private Object readResolve() throws ObjectStreamException {
        try {
            FlatReader in = FlatReader.ofForm(flat);
            SerialObjects parts = SerialObjects.of(objects);
            FunctionForm.Function function = FunctionForm.read(in, home, parts);
            Cache cache = readCache(in);
            Context bound = in.readFlag() ? Context.read(in) : null;
            in.requireEnd();
            parts.requireEnd();
            return function.memo(new Memo.Binding(function.profile(), cache, bound));
        } catch (RuntimeException e) {
            throw SerialForms.refused(e);
        }
    }
}
