package org.vmmlib.studies.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

    private static final String EVIL =
            "</script><script>alert('1')</script><img src=x onerror=\"alert(2)\">&\u2028<!--";

    private static Page page(String text) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("zeta " + text, "1 " + text);
        facts.put("alpha", "2");
        List<String> two = List.of("a " + text, "b");
        double[] numbers = {1.5e-9, 2.25e-6};
        return Page.titled("Title " + text)
                .subtitle("Subtitle " + text)
                .section("Section " + text)
                .paragraph("Paragraph " + text)
                .table(Table.titled("Caption " + text)
                        .text("column " + text)
                        .number("n")
                        .row("cell " + text, Unit.AMPERE.format(1234.5e-9)))
                .chart(Chart.bars(
                                "Chart " + text,
                                two,
                                Axis.of("axis " + text, Unit.si("J " + text)),
                                List.of(Series.of("series " + text, numbers)))
                        .caption("Chart caption " + text))
                .chart(Chart.scatter(
                        "Dots",
                        Axis.of("x", Unit.AMPERE).log(),
                        Axis.of("y", Unit.PERCENT),
                        List.of(Curve.of("c " + text, numbers, numbers))))
                .images(ImageGrid.titled("Images " + text, 1, 2)
                        .caption("Images caption " + text)
                        .image(new byte[] {0, 7}, "label " + text))
                .provenance(facts);
    }

    @Test
    void foreignTextNeverBecomesMarkup() {
        String html = page(EVIL).toHtml();
        String own = html.replace(PageResource.ECHARTS.script(), "");

        assertFalse(own.contains("<script>alert"), "a script was let in");
        assertFalse(own.contains("<img src=x"), "an element was let in");
        assertFalse(own.contains("onerror=\""), "an attribute was let in");
        assertFalse(own.contains("<!--"), "a comment was let in");
        assertEquals(3, count(html, "(?i)<script"));
        assertEquals(3, count(html, "(?i)</script"));
    }

    @Test
    void foreignTextIsNotLostEither() throws IOException {
        JsonNode drawings = drawings(page(EVIL).toHtml());
        assertEquals("a " + EVIL, drawings.at("/0/x/data/0").asText());
        assertEquals("series " + EVIL, drawings.at("/0/series/0/name").asText());
        assertEquals("Chart " + EVIL, drawings.at("/0/title").asText());
        assertEquals("c " + EVIL, drawings.at("/1/series/0/name").asText());
        assertTrue(page("a < b & c").toHtml().contains("<p>Paragraph a &lt; b &amp; c</p>"));
    }

    @Test
    void plotsKeepTheOrderOfTheirPlaces() throws IOException {
        String html = page("").toHtml();
        assertEquals(2, count(html, "class=\"plot"));
        JsonNode drawings = drawings(html);
        assertEquals(2, drawings.size());
        assertEquals("bars", drawings.at("/0/kind").asText());
        assertEquals("scatter", drawings.at("/1/kind").asText());
    }

    @Test
    void theLibraryIsInsideOnceAndOnlyWhereThereAreCharts() {
        String html = page("").toHtml();
        assertEquals(1, count(html, Pattern.quote("t.version=\"5.5.0\"")));
        assertTrue(html.contains("Licensed to the Apache Software Foundation"));
        String without = Page.titled("No charts").paragraph("Nothing to plot.").toHtml();
        assertFalse(without.contains("<script"));
        assertTrue(without.length() < 10_000);
    }

    @Test
    void nothingIsLoadedFromOutside() {
        String html = page("").toHtml();
        String own = html.replace(PageResource.ECHARTS.script(), "");
        assertFalse(own.matches("(?s).*https?://.*"), "an address");
        assertFalse(own.matches("(?s).*(@import|url\\(|@font-face|fetch\\(|XMLHttpRequest|<link|<iframe|<base).*"));
        Matcher references = Pattern.compile("(?i)\\b(?:src|href|srcset|action)\\s*=\\s*[\"']?(.{0,5})")
                .matcher(own);
        int found = 0;
        while (references.find()) {
            assertEquals("data:", references.group(1));
            found++;
        }
        assertEquals(1, found, "the image");
        // The browser is told to refuse whatever the library might try.
        assertTrue(html.contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src"
                + " 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:\">"));
    }

    @Test
    void elementsAreClosed() {
        String own = page("").toHtml().replaceAll("(?s)<(script|style).*?</\\1>", "");
        for (String element : List.of("div", "section", "figure", "table", "main", "details", "tr", "td", "th")) {
            assertEquals(
                    count(own, "<" + element + "[ >]"),
                    count(own, "</" + element + ">"),
                    "<" + element + "> opened and closed");
        }
    }

    @Test
    void provenanceKeepsItsOrder() {
        String html = page("").toHtml();
        assertTrue(html.indexOf("zeta") < html.indexOf("alpha"));
    }

    @Test
    void everyLocaleGivesTheSamePage() {
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.ROOT);
            String html = page("I i").toHtml();
            String text = Table.titled("IiTt")
                    .number("n")
                    .row(Unit.VOLT.format(0.00123))
                    .toText();
            for (String tag : List.of("tr-TR", "de-DE", "ar-EG-u-nu-arab", "th-TH-u-nu-thai", "lt-LT")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertEquals(html, page("I i").toHtml(), tag);
                assertEquals(
                        text,
                        Table.titled("IiTt")
                                .number("n")
                                .row(Unit.VOLT.format(0.00123))
                                .toText(),
                        tag);
            }
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void theFileIsUtf8AndStandsAlone(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.html");
        page("µ").write(file);
        assertEquals(page("µ").toHtml(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void whereAPageCannotBeWrittenNothingIsLeft(@TempDir Path folder) throws IOException {
        assertThrows(IOException.class, () -> page("").write(folder.resolve("missing/report.html")));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void aPageIsNotChangedByWhatIsAddedToACopy() {
        Page page = page("");
        String before = page.toHtml();
        page.section("more").paragraph("text");
        assertEquals(before, page.toHtml());
    }

    @Test
    void anImageOfTheWrongSizeIsRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> ImageGrid.titled("t", 28, 28).image(new byte[783], "0"))
                .getMessage();
        assertEquals("ink has 783 pixels: must have 28 rows x 28 columns", message);
    }

    private static JsonNode drawings(String html) throws IOException {
        Matcher json = Pattern.compile("(?s)<script type=\"application/json\" id=\"drawings\">(.*?)</script>")
                .matcher(html);
        assertTrue(json.find());
        return new ObjectMapper().readTree(json.group(1));
    }

    private static long count(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }
}
