package dev.fleche.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A way in which one method leads to another.
 *
 * @param name what it is, for messages
 * @param members what stands in the class of the calling method
 * @param expression an int expression of {@code x}
 */
record Construct(String name, String members, String expression) {

    /** Returns all ways that the language has, from the resource beside this class. */
    static List<Construct> all() {
        List<Construct> all = new ArrayList<>();
        for (String block : text().replaceAll("(?m)^#.*\n", "").split("(?m)^---\n", -1)) {
            String stripped = block.strip();
            if (stripped.isEmpty()) {
                continue;
            }
            int nameEnd = stripped.indexOf('\n');
            int arrow = stripped.indexOf("=> ");
            all.add(new Construct(
                    stripped.substring(0, nameEnd),
                    stripped.substring(nameEnd, arrow).strip(),
                    stripped.substring(arrow + 3)));
        }
        return all;
    }

    /** Returns this way with the class in which it stands, the class it leads to and a number of its own. */
    Construct between(String from, String to, int number) {
        return new Construct(name, filled(members, from, to, number), filled(expression, from, to, number));
    }

    private static String filled(String text, String from, String to, int number) {
        return text.replace("@P@", from).replace("@T@", to).replace("@N@", String.valueOf(number));
    }

    private static String text() {
        try (InputStream in = Construct.class.getResourceAsStream("constructs.txt")) {
            if (in == null) {
                throw new IllegalStateException("constructs.txt is not beside " + Construct.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
