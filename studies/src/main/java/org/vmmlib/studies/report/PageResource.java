package org.vmmlib.studies.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What goes into every page, from the class path. */
enum PageResource {
    /** The style sheet. */
    STYLE("/org/vmmlib/studies/report/page.css", "vmm-studies is incomplete"),
    /** The script that draws the plots. */
    SCRIPT("/org/vmmlib/studies/report/page.js", "vmm-studies is incomplete"),
    /** Apache ECharts, with its licence at its head. Its version is the one that the build depends on. */
    ECHARTS(
            "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js",
            "add org.webjars:echarts in this version to the class path");

    private final String path;
    private final String remedy;

    PageResource(String path, String remedy) {
        this.path = path;
        this.remedy = remedy;
    }

    /** Its text. */
    String text() {
        try (InputStream in = PageResource.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not on the class path: " + remedy);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its text for a script element: nothing in it ends the element or starts a comment, and strings keep their value. */
    String script() {
        return text().replaceAll("(?i)</(script)", "<\\\\/$1").replace("<!--", "<\\!--");
    }
}
