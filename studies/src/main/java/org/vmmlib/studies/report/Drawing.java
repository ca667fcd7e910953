package org.vmmlib.studies.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The content of a chart, in the terms of ECharts options as far as data go; how it looks is up to the page's script.
 *
 * @param data kind, axes and series; not modified once it is here
 * @param height in CSS pixels, 0 for a square
 * @param note what the reader must know to read it right, or empty
 */
record Drawing(ObjectNode data, int height, String note) {

    /** Height of a plot in CSS pixels. */
    static final int HEIGHT = 340;

    /** A drawing with nothing in it but its kind and axes. */
    static ObjectNode start(String kind, ObjectNode x, ObjectNode y) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("kind", kind);
        data.set("x", x);
        data.set("y", y);
        data.putArray("series");
        return data;
    }

    static ObjectNode addSeries(ObjectNode data, String type, String name) {
        return data.withArray("/series").addObject().put("type", type).put("name", name);
    }

    static void requireSome(String name, List<?> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException(name + " is empty: must have at least one");
        }
    }

    static void requireLinear(Axis axis) {
        if (axis.isLogarithmic()) {
            throw new IllegalArgumentException("axis \"" + axis.name()
                    + "\" is logarithmic: must be linear here, because lengths of bars are read");
        }
    }

    static Drawing bars(List<String> categories, Axis values, List<Series> series) {
        checkBars(categories, values, series);
        Extent extent = new Extent();
        series.forEach(s -> addAll(extent, s));
        Unit.Scale scale = values.scale(extent);
        ObjectNode data = start("bars", categoryAxis(categories), values.toJson(scale));
        for (Series one : series) {
            addNumbers(addSeries(data, "bar", one.name()), one, scale);
        }
        String note = values.hidesZero() ? "The vertical axis does not start at 0." : "";
        return new Drawing(data, HEIGHT, note);
    }

    static Drawing stackedBars(List<String> categories, Axis values, List<Series> series) {
        checkBars(categories, values, series);
        Extent extent = new Extent();
        double[] sums = new double[categories.size()];
        for (int c = 0; c < sums.length; c++) {
            for (Series one : series) {
                double value = one.value(c);
                if (value < 0) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT, "%s[%d] = %s: must be 0 or above to be stacked", one.name(), c, value));
                }
                sums[c] += Double.isNaN(value) ? 0 : value;
            }
            extent.add(sums[c]);
        }
        Unit.Scale scale = values.scale(extent);
        ObjectNode data = start("stacked", values.toJson(scale), categoryAxis(categories));
        for (Series one : series) {
            addNumbers(addSeries(data, "bar", one.name()), one, scale);
        }
        ArrayNode totals = data.putArray("totals");
        for (double sum : sums) {
            totals.add(scale.apply(sum));
        }
        return new Drawing(data, 130 + 46 * categories.size(), "");
    }

    static Drawing ranking(List<String> categories, Axis values, List<Series> series, Map<String, Double> marks) {
        checkBars(categories, values, series);
        Extent extent = new Extent();
        marks.values().forEach(extent::add);
        for (Series one : series) {
            addAll(extent, one);
            for (int k = 0; k < one.size(); k++) {
                extent.add(one.low(k));
                extent.add(one.high(k));
            }
        }
        Unit.Scale scale = values.scale(extent);
        ObjectNode data = start("ranking", values.toJson(scale), categoryAxis(categories));
        for (Series one : series) {
            ObjectNode node = addSeries(data, "bar", one.name());
            addNumbers(node, one, scale);
            if (one.hasIntervals()) {
                ArrayNode intervals = node.putArray("intervals");
                for (int k = 0; k < one.size(); k++) {
                    ArrayNode ends = intervals.addArray();
                    addNumber(ends, scale.apply(one.low(k)));
                    addNumber(ends, scale.apply(one.high(k)));
                }
            }
        }
        ArrayNode lines = data.putArray("marks");
        marks.forEach((name, value) -> lines.addObject().put("name", name).put("value", scale.apply(value)));
        int row = 14 + 18 * series.size();
        return new Drawing(data, 110 + row * categories.size(), "");
    }

    static Drawing confusion(List<String> classes, int[][] counts) {
        requireSome("classes", classes);
        requireLength("counts", counts.length, classes.size());
        ObjectNode data = start(
                "confusion",
                categoryAxis(classes).put("name", "classified as"),
                categoryAxis(classes).put("name", "true class"));
        ArrayNode cells = addSeries(data, "heatmap", "count").putArray("data");
        for (int t = 0; t < counts.length; t++) {
            requireLength("counts[" + t + "]", counts[t].length, classes.size());
            long total = 0;
            for (int c = 0; c < counts.length; c++) {
                if (counts[t][c] < 0) {
                    throw new IllegalArgumentException(
                            String.format(Locale.ROOT, "counts[%d][%d] = %d: must be 0 or above", t, c, counts[t][c]));
                }
                total += counts[t][c];
            }
            for (int c = 0; c < counts.length; c++) {
                double share = total == 0 ? 0 : counts[t][c] / (double) total;
                cells.addArray().add(c).add(t).add(round(Math.sqrt(share))).add(counts[t][c]);
            }
        }
        return new Drawing(data, 0, "The colour shows the share of the row, on a square-root scale.");
    }

    private static double round(double share) {
        return Math.rint(share * 1e4) / 1e4;
    }

    private static void checkBars(List<String> categories, Axis values, List<Series> series) {
        requireSome("categories", categories);
        requireSome("series", series);
        requireLinear(values);
        for (Series one : series) {
            requireLength(one.name(), one.size(), categories.size());
        }
    }

    private static void requireLength(String name, int length, int limit) {
        if (length != limit) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s has %d values: must have %d", name, length, limit));
        }
    }

    private static void addAll(Extent extent, Series series) {
        for (int k = 0; k < series.size(); k++) {
            extent.add(series.value(k));
        }
    }

    private static ObjectNode categoryAxis(List<String> categories) {
        ObjectNode axis = JsonNodeFactory.instance.objectNode().put("type", "category");
        categories.forEach(axis.putArray("data")::add);
        return axis;
    }

    private static void addNumbers(ObjectNode node, Series series, Unit.Scale scale) {
        ArrayNode numbers = node.putArray("data");
        for (int k = 0; k < series.size(); k++) {
            addNumber(numbers, scale.apply(series.value(k)));
        }
    }

    private static void addNumber(ArrayNode numbers, double value) {
        if (Double.isNaN(value)) {
            numbers.addNull();
        } else {
            numbers.add(value);
        }
    }
}
