package org.vmmlib.studies.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.vmmlib.core.check.Require;

/** Drawings of how often values occur. Bins are centred on multiples of their width. */
final class HistogramDrawing {

    private static final int BINS = 60;
    private static final int MOST_BINS = 1000;

    private HistogramDrawing() {}

    static Drawing of(Axis x, List<Series> samples, double binWidth) {
        Drawing.requireLinear(x);
        Extent extent = extent(samples);
        double first = Math.rint(extent.low() / binWidth);
        double last = Math.rint(extent.high() / binWidth);
        if (last - first >= MOST_BINS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "binWidth = %s gives %.0f bins: must give at most %d; make it wider",
                    binWidth,
                    last - first + 1,
                    MOST_BINS));
        }
        Unit.Scale scaleX = x.scale(extent);
        Axis y = Axis.of("share of " + (samples.size() == 1 ? "values" : "each"), Unit.PERCENT);
        Unit.Scale scaleY = y.scale(new Extent());
        ObjectNode data = Drawing.start("histogram", x.toJson(scaleX), y.toJson(scaleY));
        data.put("binWidth", scaleX.apply(binWidth));
        for (Series series : samples) {
            int[] counts = count(series, first, (int) (last - first) + 1, binWidth);
            ArrayNode bins = Drawing.addSeries(data, "line", series.name()).putArray("data");
            // An empty bin at each end brings the outline down to the axis.
            for (int k = -1; k <= counts.length; k++) {
                double share = k < 0 || k == counts.length ? 0 : counts[k] / (double) series.size();
                bins.addArray().add(scaleX.apply((first + k) * binWidth)).add(scaleY.apply(share));
            }
        }
        return new Drawing(data, Drawing.HEIGHT, "");
    }

    /** Values in each bin: bin k is centred on {@code (first + k) binWidth}. */
    static int[] count(Series series, double first, int bins, double binWidth) {
        int[] counts = new int[bins];
        for (int k = 0; k < series.size(); k++) {
            counts[(int) (Math.rint(series.value(k) / binWidth) - first)]++;
        }
        return counts;
    }

    /** A round bin width that suits the samples. */
    static double binWidth(List<Series> samples) {
        Extent extent = extent(samples);
        double span = extent.high() - extent.low();
        if (span == 0) {
            return extent.magnitude() == 0 ? 1 : Extent.roundUp(extent.magnitude() / 10);
        }
        double width = Double.POSITIVE_INFINITY;
        for (Series series : samples) {
            double[] sorted = series.values();
            Arrays.sort(sorted);
            double quartiles = sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4];
            if (quartiles > 0) {
                width = Math.min(width, 2 * quartiles / Math.cbrt(sorted.length));
            }
        }
        return Extent.roundUp(Math.max(span / BINS, Math.min(span / 5, width)));
    }

    private static Extent extent(List<Series> samples) {
        Drawing.requireSome("samples", samples);
        Extent extent = new Extent();
        for (Series series : samples) {
            if (series.size() == 0) {
                throw new IllegalArgumentException(series.name() + " has no values: must have at least one");
            }
            for (int k = 0; k < series.size(); k++) {
                extent.add(Require.finite(series.name() + "[" + k + "]", series.value(k)));
            }
        }
        return extent;
    }
}
