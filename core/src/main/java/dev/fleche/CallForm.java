package dev.fleche;

import dev.fleche.cache.Cache;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A call as it is serialised: its function, its settings, its caches, its tags and its arguments.
 *
 * @param flat its bytes, in the order of {@link #of}
 * @param home the class that contains the function, or null if the function is among {@code objects}
 * @param objects what only the stream can carry, or null if there is nothing
 */
@SuppressWarnings({"serial", "ArrayRecordComponent"}) // objects say so if they are not; nobody compares forms
record CallForm(byte[] flat, @Nullable Class<?> home, Object @Nullable [] objects) implements Serializable {

    private static final long serialVersionUID = 1;

    /**
     * Returns the form of a call.
     *
     * @throws NotSerializableException if a cache or an argument does not travel
     */
    static CallForm of(Memo<?> memo, @Nullable Object[] arguments, Context context) throws NotSerializableException {
        FlatWriter out = FlatWriter.ofForm();
        SerialObjects objects = SerialObjects.empty();
        FunctionForm form = memo.profile().form(memo);
        form.write(memo, out, objects);
        MemoForm.writeCache(memo, out);
        context.write(out);
        new SentArguments(memo, out, objects).write(arguments);
        return new CallForm(out.toForm(), form.home(), objects.toArray());
    }

    private Object readResolve() throws ObjectStreamException {
        try {
            FlatReader in = FlatReader.ofForm(flat);
            SerialObjects parts = SerialObjects.of(objects);
            FunctionForm.Function function = FunctionForm.read(in, home, parts);
            Cache cache = MemoForm.readCache(in);
            Context context = Context.read(in);
            @Nullable Object[] arguments = SentArguments.read(function.arity(), in, parts);
            in.requireEnd();
            parts.requireEnd();
            return new Call<>(function.memo(new Memo.Binding(function.profile(), cache, null)), arguments, context);
        } catch (RuntimeException e) {
            throw SerialForms.refused(e);
        }
    }
}
