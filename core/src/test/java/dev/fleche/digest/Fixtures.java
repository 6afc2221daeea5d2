package dev.fleche.digest;

import dev.fleche.annotation.Content;
import dev.fleche.annotation.Ignored;
import dev.fleche.annotation.Required;
import java.io.File;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Types of a user. */
final class Fixtures {

    record Point(int x, double y) {}

    record Vector(int x, double y) {}

    record Pair(@Nullable Object first, @Nullable Object second) {}

    record Config(String name, @Ignored @Nullable Object log) {}

    record Job(@Required @Nullable String name, @Nullable Object payload) {}

    record Input(
            @Content @Nullable Path mesh, @Content @Nullable File table) {}

    record Broken(int number) implements Digestible {
        @Override
        public Object digestKey() {
            throw new IllegalStateException("closed");
        }
    }

    record Misplaced(@Content String path) {}

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "green";
            }
        }
    }

    enum Fruit {
        RED
    }

    /** States its content. */
    record Angle(double degrees) implements Digestible {
        @Override
        public Object digestKey() {
            return degrees % 360;
        }
    }

    /** States a content like an {@link Angle}. */
    record Bearing(double degrees) implements Digestible {
        @Override
        public Object digestKey() {
            return degrees % 360;
        }
    }

    /** Refers to itself through its content. */
    record Delegating(@Nullable Object content) implements Digestible {
        @Override
        public @Nullable Object digestKey() {
            return content;
        }
    }

    /** Makes digests of its own while it is digested. */
    record Reentrant(Object content, Digester digester) implements Digestible {
        @Override
        public Object digestKey() {
            return digester.digest(content);
        }
    }

    interface Shape {
        double area();
    }

    interface Named {
        String name();
    }

    static class Circle implements Shape {
        private final double radius;

        Circle(double radius) {
            this.radius = radius;
        }

        @Override
        public double area() {
            return Math.PI * radius * radius;
        }
    }

    static final class NamedCircle extends Circle implements Named {
        NamedCircle(double radius) {
            super(radius);
        }

        @Override
        public String name() {
            return "circle";
        }
    }

    /** A list of another library. */
    static final class ForeignList extends AbstractList<Object> {
        @Override
        public Object get(int index) {
            return List.of().get(index);
        }

        @Override
        public int size() {
            return 0;
        }
    }

    private Fixtures() {}
}
