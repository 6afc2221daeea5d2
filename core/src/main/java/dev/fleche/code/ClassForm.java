package dev.fleche.code;

/**
 * A way to read class files, and to keep what was read.
 *
 * @param <T> what is read
 */
interface ClassForm<T> extends Form<T> {

    /** The form of the user's classes. */
    ClassForm<ClassSummary> SUMMARY = new ClassForm<>() {
        @Override
        public char letter() {
            return 'S';
        }

        @Override
        public ClassSummary parse(byte[] classFile) throws ClassFileException {
            return ClassSummaries.read(classFile);
        }

        @Override
        public void write(ClassSummary value, CompactWriter out) {
            SummaryFormat.write(value, out);
        }

        @Override
        public ClassSummary read(CompactReader in) {
            return SummaryFormat.read(in);
        }
    };

    /** The form of other classes. */
    ClassForm<Outline> OUTLINE = new ClassForm<>() {
        @Override
        public char letter() {
            return 'O';
        }

        @Override
        public Outline parse(byte[] classFile) throws ClassFileException {
            return Outline.read(classFile);
        }

        @Override
        public void write(Outline value, CompactWriter out) {
            value.write(out);
        }

        @Override
        public Outline read(CompactReader in) {
            return Outline.read(in);
        }
    };

    /**
     * Reads a class file.
     *
     * @throws ClassFileException if it is newer than we know, or broken
     */
    T parse(byte[] classFile) throws ClassFileException;
}
