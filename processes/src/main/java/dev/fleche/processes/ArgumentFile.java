package dev.fleche.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file with arguments of the Java launcher: class paths may be longer than a command line. */
final class ArgumentFile {

    private ArgumentFile() {}

    /** Writes a file that only its owner can read. */
    static Path write(List<String> arguments) throws IOException {
        Path file = Files.createTempFile("fleche", ".args");
        Files.writeString(file, text(arguments));
        return file;
    }

    /** Returns the content of such a file. */
    static String text(List<String> arguments) {
        StringBuilder text = new StringBuilder();
        for (String argument : arguments) {
            text.append(quote(argument)).append('\n');
        }
        return text.toString();
    }

    /** Puts an argument between quotes, by the rules of the launcher's argument files. */
    static String quote(String argument) {
        StringBuilder quoted = new StringBuilder(argument.length() + 2).append('"');
        for (int i = 0; i < argument.length(); i++) {
            char c = argument.charAt(i);
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\f' -> quoted.append("\\f");
                case '\\', '"' -> quoted.append('\\').append(c);
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
