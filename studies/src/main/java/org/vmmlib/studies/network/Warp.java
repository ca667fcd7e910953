package org.vmmlib.studies.network;

import java.util.Arrays;
import org.vmmlib.core.random.RandomStream;

/**
 * Applies a {@link Distortion} to one image at a time. Mutable workspace, one for each thread.
 *
 * <p>Each pixel of the result looks up its source position, bilinear within the 4 x 4 cells of the control grid, and
 * takes the bilinear mean of the four source pixels around it; beyond the border there is background.
 */
final class Warp {

    private static final int CELLS = 4;
    private static final int POINTS = CELLS + 1;

    private final Distortion distortion;
    private final int rows;
    private final int columns;

    /** The source with a border of one background pixel before and two after. */
    private final double[] padded;

    private final int paddedColumns;
    private final double[] uniforms = new double[6];
    private final double[] moves = new double[2 * POINTS * POINTS];
    private final double[] sourceX = new double[POINTS * POINTS];
    private final double[] sourceY = new double[POINTS * POINTS];

    Warp(Distortion distortion, int rows, int columns) {
        this.distortion = distortion;
        this.rows = rows;
        this.columns = columns;
        paddedColumns = columns + 3;
        padded = new double[(rows + 3) * paddedColumns];
    }

    /**
     * Distorts an image in place.
     *
     * @param image {@code rows * columns} pixels. Modified.
     * @param random the stream of this image at this showing
     */
    void apply(double[] image, RandomStream random) {
        if (distortion.equals(Distortion.none())) {
            return;
        }
        placeControlPoints(random);
        for (int y = 0; y < rows; y++) {
            System.arraycopy(image, y * columns, padded, (y + 1) * paddedColumns + 1, columns);
        }
        for (int y = 0; y < rows; y++) {
            double down = rows == 1 ? 0 : (double) y * CELLS / (rows - 1);
            int cell = Math.min((int) down, CELLS - 1);
            warpRow(image, y, cell * POINTS, down - cell);
        }
    }

    private void placeControlPoints(RandomStream random) {
        random.uniforms(0, uniforms, 0, uniforms.length);
        double angle = distortion.rotation() * (2 * uniforms[0] - 1);
        double shear = distortion.shear() * (2 * uniforms[1] - 1);
        double scaleX = 1 + distortion.scale() * (2 * uniforms[2] - 1);
        double scaleY = 1 + distortion.scale() * (2 * uniforms[3] - 1);
        double shiftX = distortion.shift() * (2 * uniforms[4] - 1);
        double shiftY = distortion.shift() * (2 * uniforms[5] - 1);
        Arrays.fill(moves, 0);
        if (distortion.jitter() > 0) {
            random.gaussians(uniforms.length, moves, 0, moves.length);
        }
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double middleX = 0.5 * (columns - 1);
        double middleY = 0.5 * (rows - 1);
        for (int p = 0; p < POINTS * POINTS; p++) {
            int gridColumn = p % POINTS;
            int gridRow = p / POINTS;
            double x = middleX * (2.0 * gridColumn / CELLS - 1);
            double y = middleY * (2.0 * gridRow / CELLS - 1);
            double sheared = x + shear * y;
            sourceX[p] = middleX + scaleX * (cos * sheared - sin * y) + shiftX + distortion.jitter() * moves[2 * p];
            sourceY[p] = middleY + scaleY * (sin * sheared + cos * y) + shiftY + distortion.jitter() * moves[2 * p + 1];
        }
    }

    /**
     * @param above index of the control points above this row
     * @param weight of those below, 0 to 1
     */
    private void warpRow(double[] image, int y, int above, double weight) {
        for (int cell = 0; cell < CELLS; cell++) {
            double leftX = between(sourceX, above + cell, weight);
            double leftY = between(sourceY, above + cell, weight);
            double stepX = between(sourceX, above + cell + 1, weight) - leftX;
            double stepY = between(sourceY, above + cell + 1, weight) - leftY;
            double cellsPerPixel = columns == 1 ? 0 : (double) CELLS / (columns - 1);
            int end = cell == CELLS - 1 ? columns : firstColumn(cell + 1);
            for (int x = firstColumn(cell); x < end; x++) {
                double part = x * cellsPerPixel - cell;
                image[y * columns + x] = sample(leftX + part * stepX, leftY + part * stepY);
            }
        }
    }

    /** The first column of pixels in a column of cells. */
    private int firstColumn(int cell) {
        return (cell * (columns - 1) + CELLS - 1) / CELLS;
    }

    private static double between(double[] values, int above, double weight) {
        return values[above] + weight * (values[above + POINTS] - values[above]);
    }

    private double sample(double x, double y) {
        double paddedX = Math.min(Math.max(x, -1), columns) + 1;
        double paddedY = Math.min(Math.max(y, -1), rows) + 1;
        int left = (int) paddedX;
        int top = (int) paddedY;
        double right = paddedX - left;
        double below = paddedY - top;
        int at = top * paddedColumns + left;
        double upper = padded[at] + right * (padded[at + 1] - padded[at]);
        double lower =
                padded[at + paddedColumns] + right * (padded[at + paddedColumns + 1] - padded[at + paddedColumns]);
        return upper + below * (lower - upper);
    }
}
