package dev.fleche.digest;

import org.jspecify.annotations.Nullable;

/** The encoders of objects whose content is stated by code: their own, or a rule's. */
final class ContentEncoder {

    private ContentEncoder() {}

    /** The constants of an enum with bodies have anonymous classes, and one declaring class. */
    private static byte[] className(Class<?> type) {
        Class<?> named = Enum.class.isAssignableFrom(type) ? EnumEncoder.declaring(type) : type;
        return Names.encode(named.getName());
    }

    /** Encodes the objects of a class that state their content: the name of the class and the content. */
    static final class OfDigestible implements ValueEncoder<Digestible> {
        private final Class<?> type;
        private final byte[] className;

        OfDigestible(Class<?> type) {
            this.type = type;
            className = className(type);
        }

        @Override
        public void encode(Digestible value, Walk walk) {
            Object content = value.digestKey();
            walk.meet(type);
            walk.out.putByte(Tag.DIGESTIBLE);
            walk.out.putBytes(className);
            walk.child(0, content);
        }

        @Override
        public String step(Digestible value, int position, @Nullable Object note) {
            return ".digestKey()";
        }
    }

    /**
     * Encodes the objects that a rule covers: the rule's name and version, the name of their class, and the content.
     *
     * <p>The class takes part because a subclass may override what a function calls.
     */
    static final class OfRule<T> implements ValueEncoder<T> {
        private final DigestRule<T> rule;
        private final String name;
        private final int version;
        private final Class<?> type;
        private final byte[] className;

        OfRule(DigestRule<T> rule, Class<?> type) {
            this.rule = rule;
            this.type = type;
            this.className = className(type);
            this.name = rule.name();
            this.version = rule.version();
        }

        @Override
        public void encode(T value, Walk walk) {
            Object content = rule.contentOf(value);
            walk.meet(type);
            walk.out.putByte(Tag.RULE);
            walk.out.putString(name);
            walk.out.putInt(version);
            walk.out.putBytes(className);
            walk.child(0, content);
        }

        @Override
        public String step(T value, int position, @Nullable Object note) {
            return "(by rule " + name + ")";
        }
    }
}
