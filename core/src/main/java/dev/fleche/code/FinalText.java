package dev.fleche.code;

import dev.fleche.digest.Digest;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a method's text with the labels of its switches over enums: the constants' names where they are known.
 *
 * <p>So a new constant, or another order of constants, changes only what it can change. Not thread-safe; confined to
 * one analysis.
 *
 * @param hierarchy where the other classes are found
 */
record FinalText(Hierarchy hierarchy) {

    /** Returns the digest that stands for the method; of one without switches, that of its text. */
    Digest of(MethodSummary method) {
        if (method.switches().isEmpty()) {
            return method.text();
        }
        Sha256Text text =
                new Sha256Text().add(method.text()).add(method.switches().size());
        for (EnumSwitch each : method.switches()) {
            SortedMap<String, Integer> named = named(each);
            text.add(each.enumName()).add(each.defaultTarget());
            if (named == null) {
                addRaw(text, each);
            } else {
                text.add("names").add(named.size());
                for (Map.Entry<String, Integer> target : named.entrySet()) {
                    text.add(target.getKey()).add(target.getValue());
                }
            }
        }
        return text.digest();
    }

    private static void addRaw(Sha256Text text, EnumSwitch each) {
        text.add("numbers").add(each.mapOwner()).add(each.mapField());
        text.add(each.targets().size());
        for (Map.Entry<Integer, Integer> target : each.targets().entrySet()) {
            text.add(target.getKey()).add(target.getValue());
        }
    }

    /** Returns whether the labels' constants are not known, so that what explains the numbers counts as a whole. */
    boolean isRaw(EnumSwitch each) {
        return named(each) == null;
    }

    private @Nullable SortedMap<String, Integer> named(EnumSwitch each) {
        SortedMap<String, Integer> named = new TreeMap<>();
        for (Map.Entry<Integer, Integer> target : each.targets().entrySet()) {
            String label = label(each, target.getKey());
            if (label == null || named.put(label, target.getValue()) != null) {
                return null;
            }
        }
        return named;
    }

    private @Nullable String label(EnumSwitch each, int number) {
        if (each.mapOwner().isEmpty()) {
            ClassSummary type = hierarchy.user(each.enumName());
            List<String> constants = type == null ? List.of() : type.enumConstants();
            return number >= 0 && number < constants.size() ? constants.get(number) : null;
        }
        ClassSummary map = hierarchy.user(each.mapOwner());
        Map<Integer, String> labels = map == null ? null : map.switchMaps().get(each.mapField());
        return labels == null ? null : labels.get(number);
    }
}
