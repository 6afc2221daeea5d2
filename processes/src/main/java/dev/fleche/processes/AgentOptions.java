package dev.fleche.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options that bring debuggers and profilers into a JVM.
 *
 * <p>Those of this process are meant for it alone: a worker could not open the same port or file once more.
 */
final class AgentOptions {

    /** Variables whose options every JVM takes. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private static final List<String> STARTS = List.of("-agentlib:", "-agentpath:", "-javaagent:", "-Xrun");

    private AgentOptions() {}

    /** Takes agents out of an environment, but for variables that the user has set for the pool. */
    static void remove(Map<String, String> environment, Set<String> chosen) {
        for (String variable : VARIABLES) {
            String options = environment.get(variable);
            if (options != null && !chosen.contains(variable)) {
                String rest = without(options);
                if (rest.isEmpty()) {
                    environment.remove(variable);
                } else {
                    environment.put(variable, rest);
                }
            }
        }
    }

    /** Returns options without agents, each as it was written, with its quotes. */
    static String without(String options) {
        List<String> kept = new ArrayList<>();
        for (String option : split(options)) {
            if (!isAgent(option.replace("\"", "").replace("'", ""))) {
                kept.add(option);
            }
        }
        return String.join(" ", kept);
    }

    private static boolean isAgent(String option) {
        return STARTS.stream().anyMatch(option::startsWith);
    }

    private static List<String> split(String options) {
        List<String> split = new ArrayList<>();
        StringBuilder option = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < options.length(); i++) {
            char c = options.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                add(option, split);
                continue;
            }
            option.append(c);
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        add(option, split);
        return split;
    }

    private static void add(StringBuilder option, List<String> split) {
        if (!option.isEmpty()) {
            split.add(option.toString());
            option.setLength(0);
        }
    }

    /**
     * Returns whether an option lets a JVM wait for a debugger before it runs anything, as the debugger's agent does
     * unless it is told otherwise.
     */
    static boolean waitsForDebugger(String option) {
        boolean debugger = option.startsWith("-agentlib:jdwp")
                || option.startsWith("-Xrunjdwp")
                || (option.startsWith("-agentpath:") && option.contains("jdwp"));
        return debugger && !option.contains("suspend=n") && !option.endsWith("=help");
    }
}
