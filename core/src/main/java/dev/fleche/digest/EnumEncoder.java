package dev.fleche.digest;

import java.util.Objects;

/** Encodes the constants of an enum: the name of its class and the name of the constant. */
final class EnumEncoder implements ValueEncoder<Enum<?>> {

    private final byte[] className;
    private final boolean isOfUser;

    private EnumEncoder(Class<?> declaring) {
        isOfUser = JdkValues.isOfUser(declaring);
        className = Names.encode(declaring.getName());
    }

    /** Returns the encoder of an enum, or of the class of a constant that has a body. */
    static EnumEncoder of(Class<?> type) {
        return new EnumEncoder(declaring(type));
    }

    /** Returns the enum that a class is, or whose constant it is the body of. */
    static Class<?> declaring(Class<?> type) {
        return type.isEnum() ? type : Objects.requireNonNull(type.getSuperclass(), "superclass");
    }

    @Override
    @SuppressWarnings("GetClassOnEnum") // the code of a constant with a body is its own class's
    public void encode(Enum<?> value, Walk walk) {
        if (isOfUser) {
            walk.meet(value.getClass());
        }
        walk.out.putByte(Tag.ENUM);
        walk.out.putBytes(className);
        walk.out.putName(value.name());
    }
}
