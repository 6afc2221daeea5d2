package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;

/** Compares what is reached in generated programs with what runs when they do all that they can do, again and again. */
class ReachSoundnessTest {

    private static final int PROGRAMS = 1_000;
    private static final String[] NAMES = {"f", "g", "h", "compare"};

    @Test
    void whateverAProgramCanRunIsReached() {
        long first = new Random().nextLong();
        int run = 0;
        for (int i = 0; i < PROGRAMS; i++) {
            Generated generated = new Generated(new Random(first + i));
            ReachedCode code = Reach.from(generated.program, ReachTest.roots(null, List.of(), true));
            Set<String> ran = generated.run();
            run += ran.size();
            assertThat(ReachTest.methods(code)).as("seed %d", first + i).containsAll(ran);
        }
        assertThat(run).as("methods that ran").isGreaterThan(PROGRAMS * 5);
    }

    /** A program of classes A to H, each of which may extend an earlier one, and interfaces I to L likewise. */
    private static final class Generated {

        private final Random random;
        private final Program program = new Program();
        private final Map<String, Shape> shapes = new LinkedHashMap<>();
        private final Map<String, Set<String>> supertypes = new LinkedHashMap<>();

        private record Shape(
                String name,
                String superName,
                List<String> interfaces,
                boolean isInterface,
                Map<String, Body> methods) {}

        private record Body(int access, List<Edge> edges) {}

        Generated(Random random) {
            this.random = random;
            program.foreign("java/util/Comparator", null, "compare()V");
            List<String> interfaces = names("I", 4);
            List<String> classes = names("C", 8);
            List<String> all = new ArrayList<>(interfaces);
            all.addAll(classes);
            for (String each : interfaces) {
                add(each, "java/lang/Object", earlier(interfaces, each), true, all);
            }
            for (String each : classes) {
                int index = classes.indexOf(each);
                String superName =
                        index > 0 && random.nextInt(3) > 0 ? classes.get(random.nextInt(index)) : "java/lang/Object";
                add(each, superName, some(interfaces), false, all);
            }
            Program.Type main = program.type("a/Main");
            main.method("run()V", edges(all, 6).toArray(new Edge[0]));
            shapes.put(
                    "a/Main",
                    new Shape(
                            "a/Main",
                            "java/lang/Object",
                            List.of(),
                            false,
                            Map.of("run", new Body(Opcodes.ACC_STATIC, main(main)))));
        }

        private List<Edge> main(Program.Type main) {
            ClassSummary summary = ((Classes.User) main.end().find("a/Main")).summary();
            return Objects.requireNonNull(summary.methods().get("run()V")).edges();
        }

        private static List<String> names(String prefix, int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> (i % 2 == 0 ? "a/" : "b/") + prefix + i)
                    .toList();
        }

        private List<String> earlier(List<String> all, String name) {
            List<String> chosen = some(all.subList(0, all.indexOf(name)));
            if (random.nextInt(4) == 0) {
                chosen.add("java/util/Comparator");
            }
            return chosen;
        }

        private List<String> some(List<String> all) {
            List<String> chosen = new ArrayList<>();
            for (String each : all) {
                if (random.nextInt(4) == 0) {
                    chosen.add(each);
                }
            }
            return chosen;
        }

        private void add(
                String name, String superName, List<String> interfaces, boolean isInterface, List<String> all) {
            Program.Type type = program.type(name).extending(superName).implementing(interfaces.toArray(new String[0]));
            if (isInterface) {
                type.isInterface();
            }
            Map<String, Body> methods = new LinkedHashMap<>();
            for (String each : NAMES) {
                if (random.nextInt(2) == 0) {
                    int access = isInterface ? Opcodes.ACC_PUBLIC : access();
                    List<Edge> edges = edges(all, 3);
                    methods.put(each, new Body(access, edges));
                    type.method(access, each + "()V", edges.toArray(new Edge[0]));
                }
            }
            if (random.nextInt(4) == 0) {
                List<Edge> edges = edges(all, 2);
                methods.put("<clinit>", new Body(Opcodes.ACC_STATIC, edges));
                type.method(Opcodes.ACC_STATIC, "<clinit>()V", edges.toArray(new Edge[0]));
            }
            shapes.put(name, new Shape(name, superName, interfaces, isInterface, methods));
        }

        private int access() {
            return switch (random.nextInt(8)) {
                case 0 -> Opcodes.ACC_PRIVATE;
                case 1, 2 -> 0;
                case 3 -> Opcodes.ACC_STATIC | Opcodes.ACC_PUBLIC;
                default -> Opcodes.ACC_PUBLIC;
            };
        }

        private List<Edge> edges(List<String> all, int count) {
            List<Edge> edges = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String owner = all.get(random.nextInt(all.size()));
                String signature = NAMES[random.nextInt(NAMES.length)] + "()V";
                edges.add(
                        switch (random.nextInt(4)) {
                            case 0 -> Program.call(owner, signature);
                            case 1 -> Program.make(owner);
                            default -> Program.virtual(owner, signature);
                        });
            }
            return edges;
        }

        /** Runs all edges of all methods that have run, on all objects made, until nothing new happens. */
        Set<String> run() {
            Set<String> ran = new LinkedHashSet<>(Set.of("a/Main run"));
            Set<String> made = new LinkedHashSet<>();
            int before;
            do {
                before = ran.size() + made.size();
                for (String each : List.copyOf(ran)) {
                    String[] parts = each.split(" ", -1);
                    for (Edge edge : body(parts[0], parts[1]).edges()) {
                        run(edge, ran, made);
                    }
                }
                for (String each : List.copyOf(made)) {
                    if (supertypes(each).contains("java/util/Comparator")) {
                        note(select(each, "compare", "java/util/Comparator"), "compare", ran);
                    }
                }
            } while (ran.size() + made.size() > before);
            ran.remove("a/Main run");
            return new LinkedHashSet<>(ran.stream()
                    .map(each -> each.replace('/', '.').replace(' ', '.') + "()")
                    .toList());
        }

        private void run(Edge edge, Set<String> ran, Set<String> made) {
            if (edge.kind() == Edge.Kind.NEW) {
                initialise(edge.owner(), ran);
                if (!shape(edge.owner()).isInterface()) {
                    made.add(edge.owner());
                }
                return;
            }
            String resolved = resolve(edge.owner(), edge.name());
            if (resolved == null) {
                return;
            }
            int access = body(resolved, edge.name()).access();
            if (edge.kind() == Edge.Kind.CALL) {
                initialise(resolved, ran);
                note(resolved, edge.name(), ran);
            } else if ((access & Opcodes.ACC_STATIC) == 0) {
                for (String each : made) {
                    if (supertypes(each).contains(edge.owner())) {
                        boolean fixed = (access & Opcodes.ACC_PRIVATE) != 0;
                        note(fixed ? resolved : select(each, edge.name(), resolved), edge.name(), ran);
                    }
                }
            }
        }

        private Shape shape(String name) {
            return Objects.requireNonNull(shapes.get(name), name);
        }

        private Body body(String owner, String name) {
            return Objects.requireNonNull(shape(owner).methods().get(name), name);
        }

        private static void note(@Nullable String owner, String name, Set<String> ran) {
            if (owner != null) {
                ran.add(owner + " " + name);
            }
        }

        private void initialise(String name, Set<String> ran) {
            for (Shape each = shapes.get(name); each != null; each = shapes.get(each.superName())) {
                if (each.methods().containsKey("<clinit>")) {
                    ran.add(each.name() + " <clinit>");
                }
            }
        }

        /** JVMS 5.4.3.3 and 5.4.3.4. */
        private @Nullable String resolve(String owner, String name) {
            for (Shape each = shapes.get(owner); each != null; each = shapes.get(each.superName())) {
                if (each.methods().containsKey(name)) {
                    return each.name();
                }
            }
            return fromInterfaces(owner, name);
        }

        /** JVMS 5.4.6. */
        private @Nullable String select(String type, String name, String resolved) {
            for (Shape each = shapes.get(type); each != null; each = shapes.get(each.superName())) {
                if (!each.isInterface() && each.methods().containsKey(name) && overrides(each.name(), name, resolved)) {
                    return each.name();
                }
            }
            Shape declaring = shapes.get(resolved);
            return declaring == null || declaring.isInterface() ? fromInterfaces(type, name) : resolved;
        }

        /** JVMS 5.4.5. */
        private boolean overrides(String owner, String name, String resolved) {
            int access = body(owner, name).access();
            if (owner.equals(resolved)) {
                return true;
            }
            if ((access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC)) != 0) {
                return false;
            }
            Shape declaring = shapes.get(resolved);
            boolean wide = declaring == null
                    || (body(resolved, name).access() & Opcodes.ACC_PUBLIC) != 0
                    || owner.charAt(0) == resolved.charAt(0);
            if (wide) {
                return true;
            }
            for (Shape each = shapes.get(shape(owner).superName());
                    each != null && !each.name().equals(resolved);
                    each = shapes.get(each.superName())) {
                if (each.methods().containsKey(name)
                        && overrides(each.name(), name, resolved)
                        && overrides(owner, name, each.name())) {
                    return true;
                }
            }
            return false;
        }

        private @Nullable String fromInterfaces(String type, String name) {
            List<String> found = supertypes(type).stream()
                    .filter(each -> shapes.containsKey(each)
                            && shapes.get(each).isInterface()
                            && shapes.get(each).methods().containsKey(name))
                    .toList();
            List<String> specific = found.stream()
                    .filter(each -> found.stream()
                            .noneMatch(other ->
                                    !other.equals(each) && supertypes(other).contains(each)))
                    .toList();
            return specific.size() == 1 ? specific.get(0) : null;
        }

        private Set<String> supertypes(String name) {
            Set<String> known = supertypes.get(name);
            if (known == null) {
                known = collect(name);
                supertypes.put(name, known);
            }
            return known;
        }

        private Set<String> collect(String name) {
            Set<String> all = new LinkedHashSet<>();
            all.add(name);
            Shape shape = shapes.get(name);
            if (shape != null) {
                all.addAll(supertypes(shape.superName()));
                shape.interfaces().forEach(each -> all.addAll(supertypes(each)));
            }
            return all;
        }
    }
}
