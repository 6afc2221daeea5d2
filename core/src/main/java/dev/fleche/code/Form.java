package dev.fleche.code;

/**
 * A way to keep something that was read.
 *
 * @param <T> what is kept
 */
interface Form<T> {

    /** The form of what is known of a jar as a whole. */
    Form<String> FACT = new Form<>() {
        @Override
        public char letter() {
            return 'F';
        }

        @Override
        public void write(String value, CompactWriter out) {
            out.string(value);
        }

        @Override
        public String read(CompactReader in) {
            return in.string();
        }
    };

    /**
     * Returns the form with a letter.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Form<?> of(char letter) {
        return switch (letter) {
            case 'F' -> FACT;
            case 'S' -> ClassForm.SUMMARY;
            case 'O' -> ClassForm.OUTLINE;
            default -> throw new IllegalArgumentException("expected the letter of a form, found " + letter);
        };
    }

    /** Returns what tells it from others. */
    char letter();

    /** Writes what was read. */
    void write(T value, CompactWriter out);

    /** Returns what was written. */
    T read(CompactReader in);
}
