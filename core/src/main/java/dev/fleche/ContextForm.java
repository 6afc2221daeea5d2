package dev.fleche;

import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.Serializable;

/**
 * A frozen context as it is serialised.
 *
 * @param flat its bytes, as {@link Context#write} makes them
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares forms
record ContextForm(byte[] flat) implements Serializable {

    private static final long serialVersionUID = 1;

    static ContextForm of(Context context) throws NotSerializableException {
        FlatWriter out = FlatWriter.ofForm();
        context.write(out);
        return new ContextForm(out.toForm());
    }

    private Object readResolve() throws InvalidObjectException {
        try {
            FlatReader in = FlatReader.ofForm(flat);
            Context context = Context.read(in);
            in.requireEnd();
            return context;
        } catch (RuntimeException e) {
            throw SerialForms.refused(e);
        }
    }
}
