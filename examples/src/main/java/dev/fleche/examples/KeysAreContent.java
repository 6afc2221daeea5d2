package dev.fleche.examples;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.digest.UndigestibleException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Keys are made of what arguments hold, not of which objects they are. */
final class KeysAreContent implements Section {

    private static final Memo1<Object, String> DESCRIBE = Fleche.of(KeysAreContent::describe);

    /**
     * An argument of the user's own type.
     *
     * @param x the first coordinate
     * @param y the second coordinate
     */
    record Point(double x, double y) {}

    static String describe(Object value) {
        return value.getClass().getSimpleName() + " " + value;
    }

    @Override
    public String title() {
        return "Keys are content, not identity";
    }

    @Override
    public void show(Page page) {
        page.text("DESCRIBE.digest(argument) is the key of a call; nothing runs. Pairs of arguments, their keys:");
        page.table(List.of(
                List.of("one", "other", "key of one", "key of other", "keys"),
                pair("List.of(1, 2)", List.of(1, 2), "new ArrayList<>(List.of(1, 2))", new ArrayList<>(List.of(1, 2))),
                pair("List.of(1, 2)", List.of(1, 2), "List.of(2, 1)", new ArrayList<>(List.of(2, 1))),
                pair(
                        "Set.of(3, 1, 2)",
                        Set.of(3, 1, 2),
                        "new TreeSet<>(Set.of(1, 2, 3))",
                        new TreeSet<>(Set.of(1, 2, 3))),
                pair("new Point(1, 2)", new Point(1, 2), "new Point(1, 2)", new Point(1, 2)),
                pair("new int[] {1, 2}", new int[] {1, 2}, "new int[] {1, 2}", new int[] {1, 2}),
                pair("1", 1, "1L", 1L),
                pair("0.1 + 0.2", 0.1 + 0.2, "0.3", 0.3),
                pair("0.0", 0.0, "-0.0", -0.0),
                pair("BigDecimal(\"2.0\")", new BigDecimal("2.0"), "BigDecimal(\"2.00\")", new BigDecimal("2.00"))));
        page.text("An argument without content has no key. The call would run uncached, with a warning that says:");
        try {
            DESCRIBE.digest(List.of("a text", new Object()));
        } catch (UndigestibleException e) {
            page.quote(e.getMessage());
        }
    }

    private static List<String> pair(String one, Object oneValue, String other, Object otherValue) {
        String key = DESCRIBE.digest(oneValue).prefix(8);
        String otherKey = DESCRIBE.digest(otherValue).prefix(8);
        boolean isSame = DESCRIBE.digest(oneValue).equals(DESCRIBE.digest(otherValue));
        return List.of(one, other, key, otherKey, isSame ? "the same" : "different");
    }
}
