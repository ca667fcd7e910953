package org.vmmlib.studies.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Drawings of points: lines and scatter plots. */
final class PointDrawing {

    /** Dots in a scatter plot, beyond which a browser gets slow and the eye sees a blot. */
    static final int LIMIT = 2000;

    /** The fractional part of the golden ratio, whose multiples fill the unit interval evenly. */
    private static final double GOLDEN = 0.618033988749895;

    private final Axis x;
    private final Axis y;
    private final List<Curve> curves;

    private PointDrawing(Axis x, Axis y, List<Curve> curves) {
        Drawing.requireSome("curves", curves);
        this.x = x;
        this.y = y;
        this.curves = curves;
    }

    static Drawing lines(Axis x, Axis y, List<Curve> curves) {
        PointDrawing points = new PointDrawing(x, y, curves);
        Unit.Scale scaleX = x.scale(points.extent(true));
        Unit.Scale scaleY = y.scale(points.extent(false));
        ObjectNode data = Drawing.start("lines", x.toJson(scaleX), y.toJson(scaleY));
        for (Curve curve : curves) {
            ArrayNode line = Drawing.addSeries(data, "line", curve.name()).putArray("data");
            for (int k = 0; k < curve.size(); k++) {
                if (curve.isGap(k)) {
                    line.addArray().addNull().addNull();
                } else {
                    line.addArray().add(scaleX.apply(curve.x(k))).add(scaleY.apply(curve.y(k)));
                }
            }
        }
        return new Drawing(data, Drawing.HEIGHT, "");
    }

    static Drawing scatter(Axis x, Axis y, List<Curve> clouds) {
        PointDrawing points = new PointDrawing(x, y, clouds);
        return points.dots(
                x, y, x.scale(points.extent(true)), y.scale(points.extent(false)), "scatter", Drawing.HEIGHT);
    }

    static Drawing agreement(Axis x, Axis y, List<Curve> clouds) {
        if (!x.unit().symbol().equals(y.unit().symbol()) || x.isLogarithmic() != y.isLogarithmic()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "axes \"%s\" and \"%s\" differ in unit or kind of scale: must be alike to show where both are"
                            + " equal",
                    x.name(),
                    y.name()));
        }
        PointDrawing points = new PointDrawing(x, y, clouds);
        Extent both = points.extent(true);
        Extent ofY = points.extent(false);
        both.add(ofY.isEmpty() ? Double.NaN : ofY.low());
        both.add(ofY.isEmpty() ? Double.NaN : ofY.high());
        Axis rangeX = both.round(x);
        Axis rangeY = rangeX.isFixed() ? y.range(rangeX.from(), rangeX.to()) : y;
        Unit.Scale scale = rangeX.scale(both);
        return points.dots(rangeX, rangeY, scale, scale, "agreement", 0);
    }

    private Extent extent(boolean horizontal) {
        Extent extent = new Extent();
        for (Curve curve : curves) {
            for (int k = 0; k < curve.size(); k++) {
                if (!curve.isGap(k)) {
                    extent.add(horizontal ? x.check(curve.name(), curve.x(k)) : y.check(curve.name(), curve.y(k)));
                }
            }
        }
        return extent;
    }

    private Drawing dots(Axis axisX, Axis axisY, Unit.Scale scaleX, Unit.Scale scaleY, String kind, int height) {
        ObjectNode data = Drawing.start(kind, axisX.toJson(scaleX), axisY.toJson(scaleY));
        int all = 0;
        int drawn = 0;
        for (Curve cloud : curves) {
            int[] whole = present(cloud);
            int[] chosen = select(whole, LIMIT / curves.size());
            all += whole.length;
            drawn += chosen.length;
            ArrayNode dots = Drawing.addSeries(data, "scatter", cloud.name()).putArray("data");
            for (int k : chosen) {
                dots.addArray().add(scaleX.apply(cloud.x(k))).add(scaleY.apply(cloud.y(k)));
            }
        }
        String note =
                drawn < all ? String.format(Locale.ROOT, "An even selection of %,d of %,d points.", drawn, all) : "";
        return new Drawing(data, height, note);
    }

    /** Indices of the points that can be drawn. */
    private static int[] present(Curve cloud) {
        return IntStream.range(0, cloud.size()).filter(k -> !cloud.isGap(k)).toArray();
    }

    /**
     * At most {@code limit} of the elements: one from each of as many equal stretches, at a place in it that moves from
     * stretch to stretch, so that a pattern with a period (a batch of vectors, output by output) is not hit in step.
     */
    static int[] select(int[] elements, int limit) {
        if (elements.length <= limit) {
            return elements;
        }
        double stretch = elements.length / (double) limit;
        return IntStream.range(0, limit)
                .map(k -> (int) Math.min(elements.length - 1.0, (k + k * GOLDEN % 1) * stretch))
                .distinct()
                .map(k -> elements[k])
                .toArray();
    }
}
