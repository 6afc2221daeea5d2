package dev.fleche.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The README as programs.
 *
 * <p>A {@code java} block with a public class is a program; the {@code text} blocks that follow are what its first,
 * second … run writes. Blocks that start with a declaration are members of one class {@code Demo}, which extends that
 * program. Every other block holds statements, run each in a process of its own, in a class that extends {@code Demo}.
 * In these, {@code expression; // → value} claims what an expression yields, and {@code // → throws SomeException} what
 * it throws.
 */
final class Readme {

    /** Starts the lines that hold the value of an expression with a claim. */
    static final String MARK = "==> ";

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern PUBLIC_CLASS = Pattern.compile("public class (\\w+)");
    private static final Pattern DECLARATION = Pattern.compile("(?s)^(static|record|@|/\\*\\*).*");
    private static final Pattern CLAIM = Pattern.compile("^\\s*(.+?);\\s*// → (.*?)\\s*$");
    private static final String IMPORTS = """
            import dev.fleche.*;
            import dev.fleche.annotation.*;
            import dev.fleche.cache.*;
            import dev.fleche.processes.*;
            import dev.fleche.storage.*;
            import java.nio.file.*;
            import java.util.*;
            import java.util.concurrent.*;
            """;
    /** Nested, since a main method could not throw what that of the program does not. */
    private static final String STATEMENTS = """
            public class %s {
                static class Statements extends Demo {
                    static void run() throws Exception {
            %s
                    }
                }

                public static void main(String[] args) throws Exception {
                    Statements.run();
                }
            }
            """;

    /**
     * A fenced block.
     *
     * @param language the word after the fence; may be empty
     * @param content the lines between the fences
     */
    record Block(String language, String content) {}

    /**
     * A class to compile and run.
     *
     * @param name the name of the class
     * @param source the text of its file
     * @param claims what its lines with the mark are to say
     */
    record Program(String name, String source, List<String> claims) {}

    private final Path root;
    private final String text;
    private final List<Block> blocks;

    private Readme(Path root, String text) {
        this.root = root;
        this.text = text;
        this.blocks = BLOCK.matcher(text)
                .results()
                .map(match -> new Block(match.group(1), match.group(2)))
                .toList();
    }

    /** Reads the README of the project that the working directory is in. */
    static Readme read() throws IOException {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve(".mvn"))) {
            directory = Objects.requireNonNull(directory.getParent(), "no directory above has .mvn");
        }
        return new Readme(directory, Files.readString(directory.resolve("README.md")));
    }

    Path root() {
        return root;
    }

    String text() {
        return text;
    }

    /** Returns the contents of the blocks of a language. */
    List<String> blocks(String language) {
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .map(Block::content)
                .toList();
    }

    /** Returns the program that stands there whole. */
    Program main() {
        String source = blocks("java").stream()
                .filter(block -> PUBLIC_CLASS.matcher(block).find())
                .findFirst()
                .orElseThrow();
        Matcher matcher = PUBLIC_CLASS.matcher(source);
        return matcher.find() ? new Program(matcher.group(1), source, List.of()) : unreachable();
    }

    private static Program unreachable() {
        throw new IllegalStateException("the program was found by its class");
    }

    /** Returns the class of all blocks that are declarations. */
    Program members() {
        String members = fragments(true).stream().collect(Collectors.joining("\n"));
        String source = IMPORTS + "class Demo extends " + main().name() + " {\n" + members + "}\n";
        return new Program("Demo", source, List.of());
    }

    /** Returns a class for each block of statements. */
    List<Program> statements() {
        List<Program> programs = new ArrayList<>();
        for (String block : fragments(false)) {
            List<String> claims = new ArrayList<>();
            String body = block.lines().map(line -> checked(line, claims)).collect(Collectors.joining("\n"));
            String name = "Block" + (programs.size() + 1);
            programs.add(new Program(name, IMPORTS + STATEMENTS.formatted(name, body), claims));
        }
        return programs;
    }

    private List<String> fragments(boolean declarations) {
        return blocks("java").stream()
                .filter(block -> !PUBLIC_CLASS.matcher(block).find())
                .filter(block -> DECLARATION.matcher(block).matches() == declarations)
                .toList();
    }

    /** Returns the line, and if it makes a claim, with what writes the value; the claim goes to {@code claims}. */
    private static String checked(String line, List<String> claims) {
        Matcher matcher = CLAIM.matcher(line);
        if (!matcher.matches()) {
            return line;
        }
        claims.add(matcher.group(2));
        String print = "System.out.println(\"" + MARK + "\" + (" + matcher.group(1) + "));";
        return matcher.group(2).startsWith("throws ")
                ? "try { " + print + " } catch (Exception e) { System.out.println(\"" + MARK
                        + "throws \" + e.getClass().getSimpleName()); }"
                : print;
    }
}
