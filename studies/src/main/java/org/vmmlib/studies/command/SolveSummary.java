package org.vmmlib.studies.command;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.io.DecimalText;

/**
 * What a solve reports.
 *
 * @param method name of the solver's method
 * @param rows word lines, N
 * @param columns bit lines, M
 * @param inputs vectors, B
 * @param iterations the most that a vector took
 * @param residual the worst of a vector
 * @param kirchhoffError the worst of a vector
 * @param seconds all vectors together, without reading and writing files
 * @param spiceDifference largest relative difference from ngspice for the first vector; null if it was not run
 */
record SolveSummary(
        String method,
        int rows,
        int columns,
        int inputs,
        int iterations,
        double residual,
        double kirchhoffError,
        double seconds,
        @Nullable Double spiceDifference) {

    /** The same with what ngspice said. */
    SolveSummary withSpiceDifference(double difference) {
        return new SolveSummary(
                method, rows, columns, inputs, iterations, residual, kirchhoffError, seconds, difference);
    }

    /** One line for each figure. */
    String text() {
        String text = String.format(
                Locale.ROOT, """
                method           %s
                array            %d x %d
                inputs           %d
                iterations       %d
                residual         %.2e
                Kirchhoff error  %.2e
                time             %.3g s
                """, method, rows, columns, inputs, iterations, residual, kirchhoffError, seconds);
        return spiceDifference == null
                ? text
                : text + String.format(Locale.ROOT, "SPICE difference %.2e\n", spiceDifference);
    }

    /** One JSON object on one line. */
    String json() {
        return String.format(
                Locale.ROOT,
                "{\"method\": %s, \"rows\": %d, \"columns\": %d, \"inputs\": %d, \"iterations\": %d, \"residual\": %s, "
                        + "\"kirchhoffError\": %s, \"seconds\": %s%s}\n",
                quoted(method),
                rows,
                columns,
                inputs,
                iterations,
                DecimalText.of(residual),
                DecimalText.of(kirchhoffError),
                DecimalText.of(seconds),
                spiceDifference == null ? "" : ", \"spiceDifference\": " + DecimalText.of(spiceDifference));
    }

    /** A JSON string (RFC 8259, section 7), in ASCII. */
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
