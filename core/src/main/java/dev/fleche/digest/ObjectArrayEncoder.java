package dev.fleche.digest;

/** Encodes arrays of objects: the name of the component type, the length and the elements. */
final class ObjectArrayEncoder implements ValueEncoder<Object[]> {

    private final Class<?> component;
    private final byte[] name;
    private final boolean isOfUser;

    ObjectArrayEncoder(Class<?> component) {
        this.component = component;
        this.isOfUser = JdkValues.isOfUser(component);
        this.name = Names.encode(component.getName());
    }

    @Override
    public void encode(Object[] array, Walk walk) {
        if (!StableName.isStable(component)) {
            throw walk.fail(
                    " is an array of " + component.getName() + ", whose name differs from run to run; pass a list");
        }
        if (isOfUser) {
            walk.meet(component);
        }
        walk.out.putByte(Tag.OBJECTS);
        walk.out.putBytes(name);
        walk.out.putInt(array.length);
        for (int i = 0; i < array.length; i++) {
            walk.child(i, array[i]);
        }
    }
}
