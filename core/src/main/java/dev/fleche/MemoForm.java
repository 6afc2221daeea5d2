package dev.fleche;

import dev.fleche.storage.CacheConfig;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A memo as it is serialised: its function, its settings, and what it is bound to.
 *
 * <p>Whatever a stream says goes through the constructor and then the way of {@code Fleche.of}, so that id, key and
 * claim are what they would be there.
 *
 * @param version the version of the form
 * @param function the method reference or lambda
 * @param arity the number of its arguments
 * @param types the types with which the reference is used, as a method descriptor
 * @param settings the settings, as annotation and options gave them
 * @param cache the configuration of the memo's own cache, or null
 * @param bound the context that it is bound to, or null
 */
record MemoForm(
        int version,
        Serializable function,
        int arity,
        String types,
        Settings settings,
        @Nullable CacheConfig cache,
        @Nullable Context bound)
        implements Serializable {

    private static final long serialVersionUID = 1;

    MemoForm {
        SerialForms.requireVersion(version);
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(types, "types");
        Objects.requireNonNull(settings, "settings");
        Objects.checkIndex(arity, 9);
    }

    /**
     * Returns the form of a memo.
     *
     * @throws NotSerializableException if its cache does not travel
     */
    static MemoForm of(Memo<?> memo) throws NotSerializableException {
        return new MemoForm(
                SerialForms.VERSION,
                memo.body(),
                memo.arity(),
                typesOf(memo.body()),
                memo.profile().settings(),
                memo.cache() == null ? null : TravelledCache.configOf(memo.cache()),
                memo.bound());
    }

    private static String typesOf(Serializable function) {
        return Reference.of(function).target().instantiated().toMethodDescriptorString();
    }

    private Object readResolve() throws ObjectStreamException {
        try {
            Profile profile = Profile.of(function, arity, settings);
            requireTypes(profile);
            return memo(new Memo.Binding(profile, cache == null ? null : TravelledCache.of(cache), bound));
        } catch (RuntimeException e) {
            throw SerialForms.refused(e);
        }
    }

    /** Compilers tell references to one method by one interface apart when they make them, not when they read them. */
    private void requireTypes(Profile profile) {
        String found = typesOf(function);
        if (!found.equals(types)) {
            throw new IllegalArgumentException("expected the reference to " + profile.label() + " with the types "
                    + types + ", found " + found + "; one class refers to this method with several type arguments, and"
                    + " the compiler reads them all as the first: put each reference into a class of its own");
        }
    }

    private Memo<?> memo(Memo.Binding binding) {
        return switch (arity) {
            case 0 -> new Memo0<>((Fn0<?>) function, binding);
            case 1 -> new Memo1<>((Fn1<?, ?>) function, binding);
            case 2 -> new Memo2<>((Fn2<?, ?, ?>) function, binding);
            case 3 -> new Memo3<>((Fn3<?, ?, ?, ?>) function, binding);
            case 4 -> new Memo4<>((Fn4<?, ?, ?, ?, ?>) function, binding);
            case 5 -> new Memo5<>((Fn5<?, ?, ?, ?, ?, ?>) function, binding);
            case 6 -> new Memo6<>((Fn6<?, ?, ?, ?, ?, ?, ?>) function, binding);
            case 7 -> new Memo7<>((Fn7<?, ?, ?, ?, ?, ?, ?, ?>) function, binding);
            default -> new Memo8<>((Fn8<?, ?, ?, ?, ?, ?, ?, ?, ?>) function, binding);
        };
    }
}
