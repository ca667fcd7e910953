package org.vmmlib.studies.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.vmmlib.core.check.Require;

/**
 * One plot of a {@link Page}: its title, what is drawn, and a caption that says what one sees. Immutable.
 *
 * <p>The colours can be told apart with every common kind of colour blindness, in the light and in the dark theme.
 */
public final class Chart {

    /** The share of the page's width that a figure takes, where there is room. */
    enum Size {
        THIRD,
        HALF,
        WHOLE
    }

    private final String title;
    private final String caption;
    private final String note;
    private final Size size;
    private final int height;
    private final ObjectNode drawing;

    private Chart(String title, String caption, String note, Size size, int height, ObjectNode drawing) {
        this.title = title;
        this.caption = caption;
        this.note = note;
        this.size = size;
        this.height = height;
        this.drawing = drawing;
    }

    private static Chart of(String title, Drawing drawing) {
        return new Chart(title, "", drawing.note(), Size.HALF, drawing.height(), drawing.data());
    }

    /**
     * Bars side by side, with their values above them: a group for each category, a bar for each series. The bars start
     * at 0 unless the axis has a range; if that leaves 0 out, the page says so.
     *
     * @param categories names of the groups
     * @param values the vertical axis, linear
     * @param series each with one value for each category
     * @throws IllegalArgumentException if there is no category or series, lengths differ, or the axis is logarithmic
     */
    public static Chart bars(String title, List<String> categories, Axis values, List<Series> series) {
        return of(title, Drawing.bars(categories, values, series));
    }

    /**
     * Bars that add up, with the sum at their end: a horizontal bar for each category, a part for each series.
     *
     * @param categories names of the bars, from top to bottom
     * @param values the horizontal axis, linear
     * @param series each with one value for each category, 0 or above
     * @throws IllegalArgumentException if there is no category or series, lengths differ, the axis is logarithmic, or a
     *     value is below 0
     */
    public static Chart stackedBars(String title, List<String> categories, Axis values, List<Series> series) {
        return of(title, Drawing.stackedBars(categories, values, series));
    }

    /**
     * Horizontal bars with their values at the end and their intervals across it: a group for each category, a bar for
     * each series, and lines down the chart at values to compare with.
     *
     * @param categories names of the groups, from top to bottom
     * @param values the horizontal axis, linear
     * @param series each with one value for each category
     * @param marks values to compare with, by the name to write beside their line; may be empty
     * @throws IllegalArgumentException if there is no category or series, lengths differ, or the axis is logarithmic
     */
    public static Chart ranking(
            String title, List<String> categories, Axis values, List<Series> series, Map<String, Double> marks) {
        return of(title, Drawing.ranking(categories, values, series, marks));
    }

    /**
     * Lines through points, in the order of the points.
     *
     * @throws IllegalArgumentException if there is no curve, or a value does not fit a logarithmic axis
     */
    public static Chart lines(String title, Axis x, Axis y, List<Curve> curves) {
        return of(title, PointDrawing.lines(x, y, curves));
    }

    /**
     * Dots. Of more than 2,000 an even selection is drawn, always the same, and the page says so.
     *
     * @throws IllegalArgumentException if there is no curve, or a value does not fit a logarithmic axis
     */
    public static Chart scatter(String title, Axis x, Axis y, List<Curve> clouds) {
        return of(title, PointDrawing.scatter(x, y, clouds));
    }

    /**
     * Dots as in {@link #scatter}, over the line where both coordinates are equal; both axes have the same range.
     *
     * @throws IllegalArgumentException if there is no curve, the axes differ in unit or kind of scale, or a value does
     *     not fit a logarithmic axis
     */
    public static Chart agreement(String title, Axis x, Axis y, List<Curve> clouds) {
        return of(title, PointDrawing.agreement(x, y, clouds));
    }

    /**
     * How often values occur, as a share of each series. The bins have a round width that follows the spread of the
     * narrowest series (Freedman and Diaconis, doi:10.1007/BF01025868, with at most 60 bins), and one is centred on 0.
     *
     * @param x the axis of the values, linear
     * @param samples each with its values
     * @throws IllegalArgumentException if there is no series, one is empty or has a NaN, or the axis is logarithmic
     */
    public static Chart histogram(String title, Axis x, List<Series> samples) {
        return of(title, HistogramDrawing.of(x, samples, HistogramDrawing.binWidth(samples)));
    }

    /**
     * How often values occur, in bins of a given width, centred on its multiples: for codes, a width of 1.
     *
     * @param binWidth in the unit of the axis, above 0 and such that there are at most 1,000 bins
     * @throws IllegalArgumentException as above, or if the bin width does not fit
     */
    public static Chart histogram(String title, Axis x, List<Series> samples, double binWidth) {
        return of(title, HistogramDrawing.of(x, samples, Require.positive("binWidth", binWidth)));
    }

    /**
     * How often each true class was taken for each class. The colour shows the share of the row, on a square-root scale
     * so that rare confusions can be seen.
     *
     * @param classes names of the classes
     * @param counts {@code counts[t][c]}: how often class t was classified as c; 0 or above
     * @throws IllegalArgumentException if there is no class, the counts are not square in the number of classes, or one
     *     is below 0
     */
    public static Chart confusion(String title, List<String> classes, int[][] counts) {
        return of(title, Drawing.confusion(classes, counts));
    }

    /** The same chart with a caption that says what one sees. */
    public Chart caption(String newCaption) {
        return new Chart(title, newCaption, note, size, height, drawing);
    }

    /** The same chart over the whole width of the page; it takes half of it otherwise. */
    public Chart wide() {
        return new Chart(title, caption, note, Size.WHOLE, height, drawing);
    }

    /** The same chart over a third of the width of the page. */
    public Chart narrow() {
        return new Chart(title, caption, note, Size.THIRD, height, drawing);
    }

    /** What is drawn. */
    public String title() {
        return title;
    }

    /** The caption, with the remarks that the drawing itself calls for. */
    public String caption() {
        return caption.isEmpty() || note.isEmpty() ? caption + note : caption + " " + note;
    }

    Size size() {
        return size;
    }

    /** Height in CSS pixels; 0 for a square. */
    int height() {
        return height;
    }

    /** What the page's script draws; a copy. */
    ObjectNode drawing() {
        return drawing.deepCopy();
    }
}
