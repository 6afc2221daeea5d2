package dev.fleche.code;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A program whose methods lead to one another by every construct of the language.
 *
 * <p>Class {@code Pk} has a method {@code int f(int)}, which leads to classes with greater numbers.
 *
 * @param sources the sources by class name
 * @param constructs for each class, what leads from it to where, for messages
 */
record GeneratedProgram(Map<String, String> sources, Map<String, List<String>> constructs) {

    static final String PACKAGE = "generated";

    private static final int WAYS_FROM_A_CLASS = 3;

    /** The number of paths through a program grows with its size as a power. */
    private static final int MAX_RUNS = 20;

    private static final String IMPORTS = """
            package generated;

            import java.util.*;
            import java.util.concurrent.CompletableFuture;
            import java.util.function.*;
            import java.util.stream.*;

            """;

    /** Writes the program that {@code seed} draws; each construct is in it at least once. */
    static GeneratedProgram of(long seed) {
        Random random = new Random(seed);
        List<Construct> all = new ArrayList<>(Construct.all());
        Collections.shuffle(all, random);
        int classes = all.size() / WAYS_FROM_A_CLASS + 2;
        Map<String, String> sources = new TreeMap<>();
        Map<String, List<String>> constructs = new TreeMap<>();
        int next = 0;
        for (int i = 0; i < classes; i++) {
            StringBuilder members = new StringBuilder();
            StringBuilder sum = new StringBuilder("x * 31 + " + i);
            List<String> names = new ArrayList<>();
            for (int way = 0; way < WAYS_FROM_A_CLASS && i < classes - 1; way++) {
                int to = Math.min(classes - 1, i + 1 + random.nextInt(3) * (classes / 6));
                Construct construct = all.get(next % all.size()).between("P" + i, "P" + to, next);
                next++;
                members.append("    ")
                        .append(construct.members().replace("\n", "\n    "))
                        .append('\n');
                sum.append("\n                + ").append(construct.expression());
                names.add(construct.name() + " to P" + to);
            }
            sources.put(
                    PACKAGE + ".P" + i,
                    IMPORTS + "class P" + i + " {\n    private static int runs;\n\n    static int f(int x) {\n"
                            + "        if (runs++ > " + MAX_RUNS
                            + ") {\n            return x;\n        }\n        return "
                            + sum + ";\n    }\n" + members + "}\n");
            constructs.put("P" + i, names);
        }
        return new GeneratedProgram(sources, constructs);
    }
}
