package dev.fleche.code;

import org.jspecify.annotations.Nullable;

/**
 * What a method refers to.
 *
 * <p>Classes of the packages {@code java} are left out: the platform alone can define them.
 *
 * @param kind how
 * @param owner the internal name of the class that the reference names; never an array
 * @param name the name of the method or field; empty if a class alone is meant
 * @param descriptor the descriptor of the method or field; empty if a class alone is meant
 */
record Edge(Kind kind, String owner, String name, String descriptor) {

    /** The kinds of references. */
    enum Kind {

        /** Calls exactly this method, or what the class inherits: static, special, and handles of these kinds. */
        CALL,

        /** Calls this method or what overrides it in the class of the receiver. */
        VIRTUAL,

        /**
         * Makes an instance of the class, whose constructor is an edge of its own; or of the interface, by a lambda, a
         * method reference or another dynamic call.
         */
        NEW,

        /** Reads or writes a static field, which runs the class initialiser. */
        FIELD,

        /**
         * Has the class, or that of an array's elements, as a value ({@code Lattice.class}): by reflection, anything
         * may be made of it.
         */
        LITERAL,

        /** Names the class as a type: of a cast, a catch, an array, or as the owner of an instance field. */
        TYPE,

        /** Names a class by {@code @DependsOn}: all of its methods count. */
        DEPENDS,

        /** Names methods of the class or its supertypes by a string, whatever their descriptors, for a look-up. */
        NAMED
    }

    // written out: the methods that a record has by itself are linked at run time, which a first call would wait for

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Edge edge
                && kind == edge.kind
                && owner.equals(edge.owner)
                && name.equals(edge.name)
                && descriptor.equals(edge.descriptor);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * kind.hashCode() + owner.hashCode()) + name.hashCode()) + descriptor.hashCode();
    }
}
