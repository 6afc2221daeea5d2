package dev.fleche;

import dev.fleche.annotation.Content;
import dev.fleche.annotation.Ignored;
import dev.fleche.annotation.Memoized;
import dev.fleche.annotation.Required;
import dev.fleche.digest.Digestible;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Functions of every kind, and references to them. */
final class References {

    private References() {}

    static int add(int a, int b) {
        return a + b;
    }

    static long addLong(long a, long b) {
        return a + b;
    }

    static double widest(short s, int i, long l, float f, double d) {
        return s + i + l + f + d;
    }

    static String overloaded(int a) {
        return "int " + a;
    }

    static String overloaded(String a) {
        return "String " + a;
    }

    static int sum(int... all) {
        return List.of(all).size();
    }

    static <T> T same(T value) {
        return value;
    }

    static String noted(@Ignored boolean verbose, @Required @Nullable String text, int times) {
        return verbose + text + times;
    }

    static int size(@Content Path path, @Content File file, Path name) {
        return path.getNameCount() + file.getName().length() + name.getNameCount();
    }

    static int misplaced(@Content String path) {
        return path.length();
    }

    @Memoized(version = "2", name = "tuned", strict = true, allow = Point.class)
    static int annotated(int a) {
        return a;
    }

    private static int hidden(int a) {
        return a;
    }

    static Fn1<Integer, Integer> privateStatic() {
        return References::hidden;
    }

    static Fn1<Integer, Integer> unnamed() {
        return x -> x + 1;
    }

    static Fn1<Integer, Integer> capturing(int a, String b) {
        return x -> x + a + b.length();
    }

    record Point(int x, @Ignored int y) {
        int shifted(int by) {
            return x + by;
        }

        private int hidden(int by) {
            return x - by;
        }

        Fn1<Integer, Integer> privateBound() {
            return this::hidden;
        }

        Fn1<Integer, Integer> lambdaOnThis() {
            return by -> x + by;
        }
    }

    interface Shape {
        double area(double scale);

        default String title(String prefix) {
            return prefix + getClass().getSimpleName();
        }
    }

    record Square(double side) implements Shape {
        @Override
        public double area(double scale) {
            return side * side * scale;
        }
    }

    enum Op implements Fn2<Integer, Integer, Integer> {
        PLUS {
            @Override
            public Integer call(Integer a, Integer b) {
                return a + b;
            }
        },
        TIMES {
            @Override
            public Integer call(Integer a, Integer b) {
                return a * b;
            }
        };

        int twice(int a) {
            return name().length() + 2 * a;
        }
    }

    static class Base implements Digestible {
        @Override
        public Object digestKey() {
            return "base";
        }

        int rate(int a) {
            return a;
        }

        final int fixed(int a) {
            return rate(a);
        }

        Object covariant(int a) {
            return a;
        }
    }

    static class Sub extends Base {
        @Override
        int rate(int a) {
            return 2 * a;
        }

        @Override
        Integer covariant(int a) {
            return a;
        }

        Fn1<Integer, Integer> superReference() {
            return super::rate;
        }
    }

    static class Heir extends Base {}

    @Ignored
    static class Tool {
        int use(int a) {
            return a;
        }
    }

    static class Gadget extends Tool {}

    static class Plain {
        int use(int a) {
            return a;
        }
    }

    /** A function type whose call does something else than the method it refers to. */
    @FunctionalInterface
    @SuppressWarnings("FunctionalInterfaceMethodChanged") // the trap that it stands for
    interface Negated extends Fn2<Integer, Integer, Integer> {
        Integer positive(Integer a, Integer b);

        @Override
        default Integer call(Integer a, Integer b) {
            return -positive(a, b);
        }
    }

    /** A class with a constructor, and methods that are reached through it. */
    static final class Service {
        private final Supplier<String> source;

        Service(Supplier<String> source) {
            this.source = source;
        }

        String load(String prefix) {
            return prefix + source.get();
        }
    }

    /** An object whose methods belong to a class without a name. */
    static Fn1<Integer, Integer> ofAnonymousClass() {
        Base base = new Base() {
            @Override
            int rate(int a) {
                return 3 * a;
            }

            Fn1<Integer, Integer> own() {
                return this::rate;
            }

            @Override
            Object covariant(int a) {
                return own();
            }
        };
        @SuppressWarnings("unchecked")
        Fn1<Integer, Integer> own = (Fn1<Integer, Integer>) base.covariant(0);
        return own;
    }
}
