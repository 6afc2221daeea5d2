package dev.fleche.codec;

/** What to do with an exception of code that is not ours: accessors and constructors of records. */
final class Failures {

    private Failures() {}

    /**
     * Returns an exception that says that {@code code} threw {@code e}.
     *
     * <p>A virtual machine in trouble is not the code's fault, and passes; too deep a recursion is.
     */
    static CodecException inUserCode(String code, Throwable e) {
        if (e instanceof VirtualMachineError trouble && !(e instanceof StackOverflowError)) {
            throw trouble;
        }
        return new CodecException(code + " threw " + e, e);
    }
}
