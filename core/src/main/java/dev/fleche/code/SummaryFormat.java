package dev.fleche.code;

import dev.fleche.digest.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The bytes of class summaries: for this version of ours alone. */
final class SummaryFormat {

    private SummaryFormat() {}

    static void write(ClassSummary summary, CompactWriter out) {
        out.string(summary.name());
        out.number(summary.access());
        String superName = summary.superName();
        out.string(superName == null ? "" : superName);
        out.strings(summary.interfaces());
        out.string(summary.declarations());
        out.number(summary.methods().size());
        summary.methods().forEach((signature, method) -> {
            out.string(signature);
            out.number(method.access());
            CompactWriter content = out.part();
            write(method.content(), content);
            out.part(content);
        });
        out.number(summary.constants().size());
        summary.constants().forEach((field, constant) -> {
            out.string(field);
            out.string(constant);
        });
        out.strings(summary.enumConstants());
        out.number(summary.switchMaps().size());
        summary.switchMaps().forEach((field, labels) -> {
            out.string(field);
            out.number(labels.size());
            labels.forEach((label, constant) -> {
                out.number(label);
                out.string(constant);
            });
        });
    }

    private static void write(MethodSummary.Content method, CompactWriter out) {
        out.digest(method.text());
        out.number(method.edges().size());
        for (Edge edge : method.edges()) {
            out.edge(edge);
        }
        out.number(method.switches().size());
        for (EnumSwitch each : method.switches()) {
            out.string(each.enumName());
            out.string(each.mapOwner());
            out.string(each.mapField());
            out.number(each.targets().size());
            each.targets().forEach((label, target) -> {
                out.number(label);
                out.number(target);
            });
            out.number(each.defaultTarget());
        }
    }

    /** Returns what was written; the bytes are ours and whole. */
    static ClassSummary read(CompactReader in) {
        String name = in.string();
        int access = in.number();
        String superName = in.string();
        List<String> interfaces = in.strings();
        String declarations = in.string();
        Map<String, MethodSummary> methods = new LinkedHashMap<>();
        for (int left = in.number(); left > 0; left--) {
            methods.put(in.string(), new MethodSummary(in.number(), new Kept(in.part())));
        }
        Map<String, String> constants = new LinkedHashMap<>();
        for (int left = in.number(); left > 0; left--) {
            constants.put(in.string(), in.string());
        }
        List<String> enumConstants = in.strings();
        Map<String, Map<Integer, String>> switchMaps = new LinkedHashMap<>();
        for (int left = in.number(); left > 0; left--) {
            switchMaps.put(in.string(), labels(in));
        }
        return new ClassSummary(
                name,
                access,
                superName.isEmpty() ? null : superName,
                interfaces,
                declarations,
                methods,
                constants,
                enumConstants,
                switchMaps);
    }

    private static Map<Integer, String> labels(CompactReader in) {
        Map<Integer, String> labels = new LinkedHashMap<>();
        for (int left = in.number(); left > 0; left--) {
            labels.put(in.number(), in.string());
        }
        return labels;
    }

    /** A method's content among what is kept; a class has many methods of which few are asked for. */
    private record Kept(CompactReader in) implements MethodSummary.Later {

        @Override
        public MethodSummary.Content read() {
            return content(in);
        }
    }

    private static MethodSummary.Content content(CompactReader in) {
        Digest text = in.digest();
        int count = in.number();
        List<Edge> edges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            edges.add(in.edge());
        }
        int switches = in.number();
        List<EnumSwitch> enumSwitches = new ArrayList<>(switches);
        for (int i = 0; i < switches; i++) {
            enumSwitches.add(enumSwitch(in));
        }
        return new MethodSummary.Content(text, edges, enumSwitches);
    }

    private static EnumSwitch enumSwitch(CompactReader in) {
        String enumName = in.string();
        String mapOwner = in.string();
        String mapField = in.string();
        SortedMap<Integer, Integer> targets = new TreeMap<>();
        for (int left = in.number(); left > 0; left--) {
            targets.put(in.number(), in.number());
        }
        return new EnumSwitch(enumName, mapOwner, mapField, targets, in.number());
    }
}
