package org.vmmlib.studies.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vmmlib.core.io.AtomicFiles;

/**
 * A report as one HTML file that needs nothing else: its style, its data and the plotting library (Apache ECharts) are
 * inside, and its content security policy forbids every load. It follows the reader's light or dark theme, prints in the
 * light one, and fits a telephone. Immutable: each method returns a new page.
 *
 * <pre>{@code
 * Page.titled("Two circuits")
 *         .section("Accuracy")
 *         .paragraph("Both circuits classify the same images.")
 *         .table(table)
 *         .chart(Chart.bars("Accuracy", designs, axis, series).caption("The circuits lose little."))
 *         .provenance(provenance)
 *         .write(path);
 * }</pre>
 */
public final class Page {

    /** A piece of the page. */
    private sealed interface Element {

        /** A new section with its heading. */
        record Section(String heading) implements Element {}

        record Paragraph(String text) implements Element {}

        record Tabular(Table table) implements Element {}

        record Plot(Chart chart) implements Element {}

        record Images(ImageGrid grid) implements Element {}

        record Facts(List<Map.Entry<String, String>> facts) implements Element {}
    }

    private final String title;
    private final String subtitle;
    private final List<Element> elements;

    private Page(String title, String subtitle, List<Element> elements) {
        this.title = title;
        this.subtitle = subtitle;
        this.elements = List.copyOf(elements);
    }

    /** A page with nothing on it but its title. */
    public static Page titled(String title) {
        return new Page(title, "", List.of());
    }

    /** The same page with a line under its title. */
    public Page subtitle(String newSubtitle) {
        return new Page(title, newSubtitle, elements);
    }

    /** Starts a section. */
    public Page section(String heading) {
        return with(new Element.Section(heading));
    }

    /** Adds a paragraph of plain text. */
    public Page paragraph(String text) {
        return with(new Element.Paragraph(text));
    }

    /** Adds a table. */
    public Page table(Table table) {
        return with(new Element.Tabular(table));
    }

    /** Adds a plot; plots that follow each other share a row where there is room. */
    public Page chart(Chart chart) {
        return with(new Element.Plot(chart));
    }

    /** Adds a grid of images. */
    public Page images(ImageGrid images) {
        return with(new Element.Images(images));
    }

    /**
     * Adds what the results come from: configuration, data, seed, versions, machine.
     *
     * @param facts names and values, shown in the order in which the map gives them. Copied.
     */
    public Page provenance(Map<String, String> facts) {
        return with(new Element.Facts(
                facts.entrySet().stream().map(Map.Entry::copyOf).toList()));
    }

    private Page with(Element element) {
        List<Element> more = new ArrayList<>(elements);
        more.add(element);
        return new Page(title, subtitle, more);
    }

    /**
     * Writes the page, whole or not at all.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        try (AtomicFiles files = AtomicFiles.begin()) {
            Files.writeString(files.stage(file), toHtml());
            files.commit();
        }
    }

    /**
     * Finds out before a long run whether a page can be written to a file; leaves nothing behind.
     *
     * @param file that {@link #write} shall write later
     * @throws IOException if it cannot be written
     */
    public static void requireWritable(Path file) throws IOException {
        try (AtomicFiles files = AtomicFiles.begin()) {
            files.stage(file);
        }
    }

    /** The page as text, to be stored in UTF-8. The same page gives the same text everywhere. */
    public String toHtml() {
        StringBuilder body = new StringBuilder();
        ArrayNode drawings = JsonNodeFactory.instance.arrayNode();
        boolean inSection = false;
        boolean inFigures = false;
        for (Element element : elements) {
            boolean figure = element instanceof Element.Plot || element instanceof Element.Images;
            if (figure != inFigures) {
                body.append(figure ? "<div class=\"figures\">\n" : "</div>\n");
                inFigures = figure;
            }
            if (element instanceof Element.Section section) {
                body.append(inSection ? "</section>\n" : "").append("<section>\n");
                body.append("<h2>").append(Html.escape(section.heading)).append("</h2>\n");
                inSection = true;
            } else if (element instanceof Element.Paragraph paragraph) {
                body.append("<p>").append(Html.escape(paragraph.text)).append("</p>\n");
            } else if (element instanceof Element.Tabular tabular) {
                body.append(tabular.table.toHtml());
            } else if (element instanceof Element.Plot plot) {
                append(body, plot.chart);
                drawings.add(drawing(plot.chart));
            } else if (element instanceof Element.Images images) {
                body.append(images.grid.toHtml());
            } else if (element instanceof Element.Facts facts) {
                append(body, facts);
            }
        }
        body.append(inFigures ? "</div>\n" : "").append(inSection ? "</section>\n" : "");
        return document(body.toString(), drawings);
    }

    private static void append(StringBuilder body, Chart chart) {
        String shape = chart.height() == 0
                ? "class=\"plot square\""
                : "class=\"plot\" style=\"height:" + chart.height() + "px\"";
        String label = Html.escape(chart.title() + ". " + chart.caption());
        body.append("<figure class=\"")
                .append(chart.size().name().toLowerCase(Locale.ROOT))
                .append("\">\n<h3>")
                .append(Html.escape(chart.title()))
                .append("</h3>\n<div ")
                .append(shape)
                .append(" role=\"img\" aria-label=\"")
                .append(label)
                .append("\"></div>\n<figcaption>")
                .append(Html.escape(chart.caption()))
                .append("</figcaption>\n</figure>\n");
    }

    private static ObjectNode drawing(Chart chart) {
        return chart.drawing().put("title", chart.title());
    }

    private static void append(StringBuilder body, Element.Facts facts) {
        body.append(
                "<details class=\"provenance\" open>\n<summary>Provenance</summary>\n<div class=\"table\"><table>\n");
        for (Map.Entry<String, String> fact : facts.facts) {
            body.append("<tr><th scope=\"row\">")
                    .append(Html.escape(fact.getKey()))
                    .append("</th><td>")
                    .append(Html.escape(fact.getValue()))
                    .append("</td></tr>\n");
        }
        body.append("</table></div>\n</details>\n");
    }

    private String document(String body, ArrayNode drawings) {
        StringBuilder html = new StringBuilder();
        html.append("""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; \
            style-src 'unsafe-inline'; img-src data:">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            """);
        html.append("<title>").append(Html.escape(title)).append("</title>\n");
        html.append("<style>\n").append(PageResource.STYLE.text()).append("</style>\n");
        html.append("</head>\n<body>\n<header>\n<h1>")
                .append(Html.escape(title))
                .append("</h1>\n");
        if (!subtitle.isEmpty()) {
            html.append("<p>").append(Html.escape(subtitle)).append("</p>\n");
        }
        html.append("</header>\n<main>\n");
        if (!drawings.isEmpty()) {
            html.append("<noscript><p>The plots need JavaScript; the tables do not.</p></noscript>\n");
        }
        html.append(body).append("</main>\n");
        if (!drawings.isEmpty()) {
            html.append("<script type=\"application/json\" id=\"drawings\">")
                    .append(json(drawings))
                    .append("</script>\n");
            html.append("<script>").append(PageResource.ECHARTS.script()).append("</script>\n");
            html.append("<script>\n").append(PageResource.SCRIPT.script()).append("</script>\n");
        }
        return html.append("</body>\n</html>\n").toString();
    }

    /** JSON that can stand in a script element: what could end the element, or a line in it, is escaped. */
    private static String json(ArrayNode drawings) {
        try {
            return new ObjectMapper()
                    .writeValueAsString(drawings)
                    .replace("&", "\\u0026")
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
