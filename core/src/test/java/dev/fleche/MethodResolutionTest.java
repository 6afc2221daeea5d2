package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MethodResolutionTest {

    private static final MethodType TO_STRING = MethodType.methodType(String.class);

    interface Left {
        default String name() {
            return "left";
        }
    }

    interface Right {
        String name();
    }

    interface Lower extends Left {
        @Override
        default String name() {
            return "lower";
        }
    }

    static class Both implements Right, Lower, Left {
        @Override
        public String name() {
            return Lower.super.name();
        }
    }

    abstract static class Diamond implements Left, Lower {}

    static class Heir extends Both {}

    static class Hiding extends Heir {
        @SuppressWarnings("unused") // found by name
        private String own() {
            return "own";
        }
    }

    static class Parent {
        static String shared() {
            return "parent";
        }

        Object covariant() {
            return "parent";
        }
    }

    static class Child extends Parent {
        @Override
        String covariant() {
            return "child";
        }
    }

    private static Executable resolved(Class<?> owner, String name, MethodType type) {
        return Objects.requireNonNull(MethodResolution.resolve(owner, name, type));
    }

    @Test
    void aSuperclassComesBeforeInterfaces() {
        assertThat(resolved(Heir.class, "name", TO_STRING).getDeclaringClass()).isEqualTo(Both.class);
    }

    @Test
    void theMostSpecificInterfaceIsFound() {
        assertThat(resolved(Diamond.class, "name", TO_STRING).getDeclaringClass())
                .isEqualTo(Lower.class);
        assertThat(resolved(Lower.class, "name", TO_STRING).getDeclaringClass()).isEqualTo(Lower.class);
    }

    @Test
    void anInterfaceHasTheMethodsOfObject() {
        assertThat(resolved(Left.class, "toString", TO_STRING).getDeclaringClass())
                .isEqualTo(Object.class);
    }

    @Test
    void privateAndStaticMethodsAreFound() {
        assertThat(resolved(Hiding.class, "own", TO_STRING).getDeclaringClass()).isEqualTo(Hiding.class);
        assertThat(resolved(Child.class, "shared", TO_STRING).getDeclaringClass())
                .isEqualTo(Parent.class);
    }

    @Test
    void aBridgeGivesWayToTheMethodItStandsFor() {
        MethodType general = MethodType.methodType(Object.class);

        assertThat(resolved(Child.class, "covariant", general).getDeclaringClass())
                .isEqualTo(Parent.class);
        assertThat(resolved(Child.class, "covariant", TO_STRING).getDeclaringClass())
                .isEqualTo(Child.class);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(MethodResolution.resolve(Heir.class, "absent", TO_STRING)).isNull();
        assertThat(MethodResolution.resolve(Heir.class, "name", MethodType.methodType(Object.class)))
                .isNull();
        assertThat(MethodResolution.resolve(Heir.class, "<init>", MethodType.methodType(void.class, int.class)))
                .isNull();
    }
}
