package dev.fleche.code;

import org.jspecify.annotations.Nullable;

/**
 * A method as class files name it.
 *
 * @param owner the internal name of the class, {@code com/acme/Lattice}
 * @param name the method's name
 * @param descriptor its descriptor, {@code (D)D}
 */
record MethodId(String owner, String name, String descriptor) {

    /** Returns name and descriptor, by which a method is known in its class. */
    String signature() {
        return name.concat(descriptor);
    }

    // written out: the methods that a record has by itself are linked at run time, which a first call would wait for

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MethodId id
                && owner.equals(id.owner)
                && name.equals(id.name)
                && descriptor.equals(id.descriptor);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * owner.hashCode() + name.hashCode()) + descriptor.hashCode();
    }
}
