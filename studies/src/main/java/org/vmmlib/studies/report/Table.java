package org.vmmlib.studies.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table: a caption, columns of text or of numbers, rows, and rows of detail that belong to the row above them. The same
 * table goes to the terminal ({@link #toText}) and onto a {@link Page}. Immutable: each method returns a new table.
 *
 * <pre>{@code
 * Table table = Table.titled("Designs")
 *         .text("design")
 *         .number("accuracy")
 *         .row("nor-ins", Unit.PERCENT.format(0.9684, 4))
 *         .detail("with binary inputs", Unit.PERCENT.format(0.9612, 4));
 * }</pre>
 */
public final class Table {

    /**
     * @param header heading of the column
     * @param number are its cells numbers, which end at the same place?
     */
    private record Column(String header, boolean number) {}

    /**
     * @param cells one for each column
     * @param detail does it belong to the row above?
     */
    private record Row(List<String> cells, boolean detail) {}

    private static final String GAP = "   ";
    private static final String INDENT = "  ";

    private final String caption;
    private final List<Column> columns;
    private final List<Row> rows;

    private Table(String caption, List<Column> columns, List<Row> rows) {
        this.caption = caption;
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
    }

    /** A table without columns yet. */
    public static Table titled(String caption) {
        return new Table(caption, List.of(), List.of());
    }

    /**
     * Adds a column of text, aligned at its start.
     *
     * @throws IllegalStateException if there are rows already
     */
    public Table text(String header) {
        return with(new Column(header, false));
    }

    /**
     * Adds a column of numbers, aligned at its end.
     *
     * @throws IllegalStateException if there are rows already
     */
    public Table number(String header) {
        return with(new Column(header, true));
    }

    private Table with(Column column) {
        if (!rows.isEmpty()) {
            throw new IllegalStateException("column " + column.header + " comes after a row: add all columns first");
        }
        return new Table(caption, append(columns, column), rows);
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException unless there is one cell for each column
     */
    public Table row(String... cells) {
        return with(new Row(List.of(cells), false));
    }

    /**
     * Adds a row that belongs to the one above: it is indented and pale.
     *
     * @throws IllegalArgumentException unless there is one cell for each column
     */
    public Table detail(String... cells) {
        return with(new Row(List.of(cells), true));
    }

    private Table with(Row row) {
        if (row.cells.size() != columns.size()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "cells = %s: must be %d, one for each column of table \"%s\"",
                    row.cells,
                    columns.size(),
                    caption));
        }
        return new Table(caption, columns, append(rows, row));
    }

    private static <T> List<T> append(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    /** The heading of the table. */
    public String caption() {
        return caption;
    }

    /** Lines of ASCII text with aligned columns, each ended by a line feed, without blanks at the end. */
    public String toText() {
        List<Row> lines = new ArrayList<>();
        lines.add(new Row(columns.stream().map(c -> AsciiText.of(c.header)).toList(), false));
        for (Row row : rows) {
            List<String> cells =
                    new ArrayList<>(row.cells.stream().map(AsciiText::of).toList());
            if (row.detail && !cells.isEmpty()) {
                cells.set(0, INDENT + cells.get(0));
            }
            lines.add(new Row(cells, row.detail));
        }
        int[] widths = new int[columns.size()];
        for (Row line : lines) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], line.cells.get(c).length());
            }
        }
        StringBuilder text = new StringBuilder();
        text.append(AsciiText.of(caption)).append('\n').append('\n');
        for (int k = 0; k < lines.size(); k++) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                String cell = lines.get(k).cells.get(c);
                String blanks = " ".repeat(widths[c] - cell.length());
                line.append(c == 0 ? INDENT : GAP);
                line.append(columns.get(c).number ? blanks + cell : cell + blanks);
            }
            text.append(line.toString().stripTrailing()).append('\n');
            if (k == 0) {
                int width = 0;
                for (int c = 0; c < widths.length; c++) {
                    width += widths[c] + (c == 0 ? 0 : GAP.length());
                }
                text.append(INDENT).append("-".repeat(width)).append('\n');
            }
        }
        return text.toString();
    }

    /** The table as an HTML element. */
    String toHtml() {
        StringBuilder html = new StringBuilder();
        html.append("<div class=\"table\"><table>\n");
        html.append("<caption>").append(Html.escape(caption)).append("</caption>\n");
        html.append("<thead><tr>");
        for (Column column : columns) {
            html.append(column.number ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">")
                    .append(Html.escape(column.header))
                    .append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (Row row : rows) {
            html.append(row.detail ? "<tr class=\"detail\">" : "<tr>");
            for (int c = 0; c < columns.size(); c++) {
                html.append(columns.get(c).number ? "<td class=\"number\">" : "<td>")
                        .append(Html.escape(row.cells.get(c)))
                        .append("</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody>\n</table></div>\n").toString();
    }
}
