package dev.fleche;

/** Throws the exceptions of a function unchanged through methods that do not declare them. */
final class Sneaky {

    private Sneaky() {}

    /** Throws {@code thrown} as it is; the result only serves {@code throw Sneaky.rethrow(e)}. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X extends Throwable> RuntimeException rethrow(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
