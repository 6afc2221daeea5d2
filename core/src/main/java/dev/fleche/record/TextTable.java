package dev.fleche.record;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of plain text whose columns are as wide as their content, or less where the page is too narrow.
 *
 * <p>Widths count code points. Not thread-safe; confined to one call.
 */
final class TextTable {

    private static final String GAP = "  ";
    private static final int MIN_WIDTH = 6;

    private final List<Column> columns = new ArrayList<>();

    private static final class Column {

        private final List<String> cells = new ArrayList<>();
        private final boolean shrinks;
        private final boolean alignsRight;
        private int width;

        Column(String head, boolean shrinks, List<ValueText> content) {
            this.shrinks = shrinks;
            this.alignsRight = content.stream().anyMatch(ValueText::isNumber)
                    && content.stream()
                            .allMatch(cell -> cell.isNumber()
                                    || cell.equals(ValueText.BLANK)
                                    || cell.equals(ValueText.UNAVAILABLE));
            cells.add(ValueText.of(head).text());
            content.forEach(cell -> cells.add(cell.text()));
            width = cells.stream().mapToInt(TextTable::length).max().getAsInt();
        }

        String cell(int row) {
            String text = shorten(cells.get(row), width);
            String padding = " ".repeat(width - length(text));
            return alignsRight ? padding + text : text + padding;
        }
    }

    /** Adds a column to the right; all columns have equally many cells. */
    void add(String head, boolean shrinks, List<ValueText> cells) {
        columns.add(new Column(head, shrinks, cells));
    }

    /** Returns the lines, heads first, none longer than {@code maxWidth}. */
    List<String> lines(int maxWidth) {
        shrinkTo(maxWidth);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < columns.get(0).cells.size(); row++) {
            List<String> cells = new ArrayList<>();
            for (Column column : columns) {
                cells.add(column.cell(row));
            }
            lines.add(shorten(String.join(GAP, cells).stripTrailing(), maxWidth));
        }
        return lines;
    }

    private void shrinkTo(int maxWidth) {
        int total = (columns.size() - 1) * GAP.length();
        for (Column column : columns) {
            total += column.width;
        }
        Column widest = widest();
        while (total > maxWidth && widest != null) {
            widest.width--;
            total--;
            widest = widest();
        }
    }

    private @Nullable Column widest() {
        Column widest = null;
        for (Column column : columns) {
            if (column.shrinks && column.width > MIN_WIDTH && (widest == null || column.width > widest.width)) {
                widest = column;
            }
        }
        return widest;
    }

    private static String shorten(String text, int width) {
        return length(text) <= width ? text : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
