package org.vmmlib.studies.report;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.vmmlib.core.check.Require;

/**
 * Small grey images of one size, each with a label under it: inputs of a network and what became of them. Immutable:
 * each method returns a new grid.
 */
public final class ImageGrid {

    /** So many images are drawn large. */
    private static final int FEW = 4;

    /**
     * @param source the image itself, as a data URL
     * @param label text under it
     * @param marked does it stand out?
     */
    private record Image(String source, String label, boolean marked) {}

    private final String title;
    private final String caption;
    private final int rows;
    private final int columns;
    private final List<Image> images;

    private ImageGrid(String title, String caption, int rows, int columns, List<Image> images) {
        this.title = title;
        this.caption = caption;
        this.rows = rows;
        this.columns = columns;
        this.images = List.copyOf(images);
    }

    /**
     * A grid without images yet.
     *
     * @param rows height of an image in pixels, 1 to 1024
     * @param columns width of an image in pixels, 1 to 1024
     */
    public static ImageGrid titled(String title, int rows, int columns) {
        Require.within("rows", rows, 1, 1024);
        Require.within("columns", columns, 1, 1024);
        return new ImageGrid(title, "", rows, columns, List.of());
    }

    /**
     * Adds an image.
     *
     * @param ink unsigned bytes, row by row, from 0 (background) to 255 (full ink). Not modified.
     * @throws IllegalArgumentException unless there are {@code rows * columns} pixels
     */
    public ImageGrid image(byte[] ink, String label) {
        return with(ink, label, false);
    }

    /**
     * Adds an image that stands out, such as one that was classified wrongly.
     *
     * @param ink unsigned bytes, row by row, from 0 (background) to 255 (full ink). Not modified.
     * @throws IllegalArgumentException unless there are {@code rows * columns} pixels
     */
    public ImageGrid marked(byte[] ink, String label) {
        return with(ink, label, true);
    }

    private ImageGrid with(byte[] ink, String label, boolean marked) {
        if (ink.length != rows * columns) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "ink has %d pixels: must have %d rows x %d columns", ink.length, rows, columns));
        }
        byte[] grey = new byte[ink.length];
        for (int k = 0; k < grey.length; k++) {
            grey[k] = (byte) ~ink[k];
        }
        List<Image> more = new ArrayList<>(images);
        String png = Base64.getEncoder().encodeToString(GreyPng.encode(columns, rows, grey));
        more.add(new Image("data:image/png;base64," + png, label, marked));
        return new ImageGrid(title, caption, rows, columns, more);
    }

    /** The same grid with a caption that says what one sees. */
    public ImageGrid caption(String newCaption) {
        return new ImageGrid(title, newCaption, rows, columns, images);
    }

    /** The grid as an HTML element. */
    String toHtml() {
        StringBuilder html = new StringBuilder("<figure class=\"whole\">\n<h3>")
                .append(Html.escape(title))
                .append("</h3>\n<div class=\"images")
                .append(images.size() <= FEW ? " few" : "")
                .append("\">\n");
        for (Image image : images) {
            html.append(image.marked ? "<div class=\"marked\">" : "<div>")
                    .append("<img alt=\"\" src=\"")
                    .append(image.source)
                    .append("\"><span>")
                    .append(Html.escape(image.label))
                    .append("</span></div>\n");
        }
        return html.append("</div>\n<figcaption>")
                .append(Html.escape(caption))
                .append("</figcaption>\n</figure>\n")
                .toString();
    }
}
