package dev.fleche.examples;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the tour writes to: headings, sentences, facts and tables in at most {@link #COLUMNS} columns.
 *
 * <p>Plain ASCII wherever the text is the tour's own, so that it reads well on every terminal. Not thread-safe; written
 * by one thread.
 */
final class Page {

    static final int COLUMNS = 100;

    private static final String INDENT = "  ";
    private static final int LABEL_COLUMNS = 46;

    /** A number, perhaps with a unit. */
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?( \\w+)?");

    private final PrintStream out;
    private int headings;

    Page(PrintStream out) {
        this.out = out;
    }

    PrintStream out() {
        return out;
    }

    void heading(String title) {
        headings++;
        String heading = headings + ". " + title;
        out.println();
        out.println(heading);
        out.println("-".repeat(heading.length()));
    }

    /** Writes a sentence, broken between words. */
    void text(String sentence) {
        wrap(INDENT, INDENT, sentence);
    }

    /** Writes what others wrote, set in. */
    void quote(String text) {
        wrap(INDENT.repeat(2), INDENT.repeat(2), text);
    }

    /** Writes what was found under a label. */
    void fact(String label, Object found) {
        String lead = INDENT + label + " ".repeat(Math.max(2, LABEL_COLUMNS - label.length()));
        wrap(lead, " ".repeat(INDENT.length() + LABEL_COLUMNS), String.valueOf(found));
    }

    private void wrap(String lead, String nextLead, String text) {
        StringBuilder line = new StringBuilder(lead);
        boolean isEmpty = true;
        for (String word : text.split(" ", -1)) {
            if (!isEmpty && line.length() + 1 + word.length() > COLUMNS) {
                out.println(line);
                line = new StringBuilder(nextLead);
                isEmpty = true;
            }
            line.append(isEmpty ? "" : " ").append(word);
            isEmpty = false;
        }
        out.println(line);
    }

    /** Writes rows of cells, heads first; columns of numbers stand to the right. */
    void table(List<List<String>> rows) {
        List<List<String>> columns = new ArrayList<>();
        for (int column = 0; column < rows.get(0).size(); column++) {
            int index = column;
            columns.add(padded(rows.stream().map(row -> row.get(index)).toList()));
        }
        for (int row = 0; row < rows.size(); row++) {
            StringBuilder line = new StringBuilder();
            for (List<String> column : columns) {
                line.append(INDENT).append(column.get(row));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /** Returns the cells of a column, head first, in one width. */
    private static List<String> padded(List<String> cells) {
        int width = cells.stream().mapToInt(String::length).max().orElseThrow();
        boolean isNumeric =
                cells.stream().skip(1).allMatch(cell -> NUMBER.matcher(cell).matches());
        return cells.stream()
                .map(cell -> {
                    String blanks = " ".repeat(width - cell.length());
                    return isNumeric ? blanks + cell : cell + blanks;
                })
                .toList();
    }

    /** Writes lines as they are, indented; those too long are cut. */
    void lines(String lines) {
        lines.lines()
                .map(line -> INDENT + line)
                .forEach(line -> out.println(line.substring(0, Math.min(line.length(), COLUMNS))));
    }

    /** Returns a length of time with its unit, to three digits. */
    static String time(long nanos) {
        if (nanos < 1000) {
            return nanos + " ns";
        } else if (nanos < 1e6) {
            return digits(nanos / 1e3) + " us";
        } else if (nanos < 1e9) {
            return digits(nanos / 1e6) + " ms";
        }
        return digits(nanos / 1e9) + " s";
    }

    /** Returns a positive number to three digits. */
    static String digits(double number) {
        return String.format(Locale.ROOT, number < 9.995 ? "%.2f" : number < 99.95 ? "%.1f" : "%.0f", number);
    }
}
