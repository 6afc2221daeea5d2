package dev.fleche.code;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** How an input is made, so that it can be made again by the classes of another loader. Immutable. */
interface Recipe {

    /** Makes the input with classes of {@code loader}. */
    Object make(ClassLoader loader) throws ReflectiveOperationException;

    /** A value of the JDK, copied. */
    record Plain(Object value) implements Recipe {
        @Override
        public Object make(ClassLoader loader) {
            return copy(value);
        }

        private static Object copy(Object value) {
            if (!value.getClass().isArray()) {
                return value;
            }
            int length = Array.getLength(value);
            Object copy = Array.newInstance(value.getClass().getComponentType(), length);
            for (int i = 0; i < length; i++) {
                Array.set(copy, i, copy(Array.get(value, i)));
            }
            return copy;
        }
    }

    /** A function of one number, by an interface of the library. */
    record NumberFunction(String interfaceName) implements Recipe {
        @Override
        public Object make(ClassLoader loader) throws ReflectiveOperationException {
            Class<?> type = Class.forName(interfaceName, false, loader);
            return Proxy.newProxyInstance(
                    loader, new Class<?>[] {type}, (proxy, method, arguments) -> Math.sin((Double) arguments[0]));
        }
    }

    /** A constant of an enum. */
    record Constant(String enumName, int ordinal) implements Recipe {
        @Override
        public Object make(ClassLoader loader) throws ReflectiveOperationException {
            return Class.forName(enumName, true, loader).getEnumConstants()[ordinal];
        }
    }

    /** What a public constructor makes. */
    record Made(String className, List<String> types, List<Recipe> inputs) implements Recipe {
        @Override
        public Object make(ClassLoader loader) throws ReflectiveOperationException {
            Class<?>[] parameters = Types.resolve(types, loader);
            return Class.forName(className, true, loader)
                    .getConstructor(parameters)
                    .newInstance(made(inputs, loader));
        }
    }

    /** Makes all of {@code inputs}. */
    static Object[] made(List<Recipe> inputs, ClassLoader loader) throws ReflectiveOperationException {
        Object[] all = new Object[inputs.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = inputs.get(i).make(loader);
        }
        return all;
    }

    /** Draws recipes for types. */
    final class Drawing {

        private static final int MAX_NESTING = 2;

        private final Random random;
        private final Map<Class<?>, List<Class<?>>> implementations;

        /** Draws by {@code random}; {@code implementations} are the classes that can be made, by what they are. */
        Drawing(Random random, Map<Class<?>, List<Class<?>>> implementations) {
            this.random = random;
            this.implementations = implementations;
        }

        /** Returns recipes for all of {@code types}, if there is one for each. */
        Optional<List<Recipe>> of(Class<?>[] types, int nesting) {
            List<Recipe> all = new ArrayList<>();
            for (Class<?> type : types) {
                Optional<Recipe> one = of(type, nesting);
                if (one.isEmpty()) {
                    return Optional.empty();
                }
                all.add(one.get());
            }
            return Optional.of(all);
        }

        private Optional<Recipe> of(Class<?> type, int nesting) {
            Object plain = plain(type);
            if (plain != null) {
                return Optional.of(new Plain(plain));
            }
            if (type.isEnum()) {
                return Optional.of(new Constant(type.getName(), random.nextInt(type.getEnumConstants().length)));
            }
            if (type.getSimpleName().equals("UnivariateFunction")) {
                return Optional.of(new NumberFunction(type.getName()));
            }
            return nesting >= MAX_NESTING ? Optional.empty() : made(type, nesting);
        }

        /** Returns a recipe for an instance of {@code type} or of a subclass. */
        Optional<Recipe> made(Class<?> type, int nesting) {
            List<Class<?>> candidates = implementations.getOrDefault(type, List.of());
            if (candidates.isEmpty()) {
                return Optional.empty();
            }
            Class<?> drawn = candidates.get(random.nextInt(candidates.size()));
            List<Constructor<?>> constructors = new ArrayList<>(List.of(drawn.getConstructors()));
            constructors.removeIf(each -> !Modifier.isPublic(each.getModifiers()));
            constructors.sort((one, other) -> one.toString().compareTo(other.toString()));
            while (!constructors.isEmpty()) {
                Constructor<?> constructor = constructors.remove(random.nextInt(constructors.size()));
                Optional<List<Recipe>> inputs = of(constructor.getParameterTypes(), nesting + 1);
                if (inputs.isPresent()) {
                    List<String> types = Arrays.stream(constructor.getParameterTypes())
                            .map(Class::getName)
                            .toList();
                    return Optional.of(new Made(drawn.getName(), types, inputs.get()));
                }
            }
            return Optional.empty();
        }

        private @Nullable Object plain(Class<?> type) {
            if (type == double.class || type == Double.class) {
                return 0.25 + random.nextInt(8) / 2.0;
            }
            if (type == float.class) {
                return 0.5f + random.nextInt(4);
            }
            if (type == int.class || type == Integer.class) {
                return 1 + random.nextInt(6);
            }
            if (type == long.class || type == Long.class) {
                return 1L + random.nextInt(9);
            }
            if (type == boolean.class) {
                return random.nextBoolean();
            }
            if (type == String.class) {
                return "text";
            }
            return array(type);
        }

        private @Nullable Object array(Class<?> type) {
            int length = 5;
            if (type == double[].class) {
                return random.doubles(length, 0.1, 5).toArray();
            }
            if (type == int[].class) {
                return random.ints(length, 1, 9).toArray();
            }
            if (type == long[].class) {
                return random.longs(length, 1, 9).toArray();
            }
            if (type == double[][].class) {
                return new double[][] {
                    random.doubles(3, 0.1, 5).toArray(),
                    random.doubles(3, 0.1, 5).toArray(),
                    random.doubles(3, 0.1, 5).toArray()
                };
            }
            return null;
        }
    }

    /** Types by name. */
    final class Types {

        private static final List<Class<?>> PRIMITIVES = List.of(
                boolean.class, byte.class, short.class, char.class, int.class, long.class, float.class, double.class);

        private Types() {}

        static Class<?>[] resolve(List<String> names, ClassLoader loader) throws ClassNotFoundException {
            Class<?>[] all = new Class<?>[names.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = resolve(names.get(i), loader);
            }
            return all;
        }

        private static Class<?> resolve(String name, ClassLoader loader) throws ClassNotFoundException {
            for (Class<?> primitive : PRIMITIVES) {
                if (primitive.getName().equals(name)) {
                    return primitive;
                }
            }
            return Class.forName(name, false, loader);
        }
    }
}
