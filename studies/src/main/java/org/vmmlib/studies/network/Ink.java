package org.vmmlib.studies.network;

import java.util.Arrays;

/**
 * A square sheet of paper and a round pen of varying radius. Mutable. A pixel is darkened by its distance to the nearest
 * point of the stroke, which smooths the edge without fonts or a graphics library.
 */
final class Ink {

    /** Greatest distance between two points of a flattened curve, in pixels. */
    private static final double STEP = 1;

    private final int side;

    /** Distance of each pixel's centre to the edge of the nearest ink, in pixels, negative inside. */
    private final double[] distance;

    /** @param side of the sheet, in pixels */
    Ink(int side) {
        this.side = side;
        distance = new double[side * side];
    }

    /** Takes a blank sheet. */
    void clear() {
        Arrays.fill(distance, Double.MAX_VALUE);
    }

    /**
     * Draws a smooth curve through points (Catmull–Rom spline); where two points coincide it has a corner.
     *
     * @param x of each point, in pixels, rightwards
     * @param y of each point, in pixels, downwards
     * @param radius of the pen at each point, in pixels
     * @param points number of points
     */
    void curve(double[] x, double[] y, double[] radius, int points) {
        for (int p = 0; p + 1 < points; p++) {
            int before = Math.max(p - 1, 0);
            int after = Math.min(p + 2, points - 1);
            double dx = x[p + 1] - x[p];
            double dy = y[p + 1] - y[p];
            double length = Math.sqrt(dx * dx + dy * dy);
            int steps = (int) Math.ceil(length / STEP);
            double fromX = x[p];
            double fromY = y[p];
            for (int s = 1; s <= steps; s++) {
                double t = (double) s / steps;
                double toX = spline(x[before], x[p], x[p + 1], x[after], t);
                double toY = spline(y[before], y[p], y[p + 1], y[after], t);
                segment(fromX, fromY, toX, toY, radius[p] + (t - 0.5 / steps) * (radius[p + 1] - radius[p]));
                fromX = toX;
                fromY = toY;
            }
        }
    }

    private static double spline(double before, double from, double to, double after, double t) {
        double start = 0.5 * (to - before);
        double end = 0.5 * (after - from);
        double rise = to - from;
        return from + t * (start + t * (3 * rise - 2 * start - end + t * (start + end - 2 * rise)));
    }

    private void segment(double x0, double y0, double x1, double y1, double radius) {
        double reach = radius + 1;
        int left = Math.max(0, (int) Math.ceil(Math.min(x0, x1) - reach));
        int right = Math.min(side - 1, (int) Math.floor(Math.max(x0, x1) + reach));
        int top = Math.max(0, (int) Math.ceil(Math.min(y0, y1) - reach));
        int bottom = Math.min(side - 1, (int) Math.floor(Math.max(y0, y1) + reach));
        double dx = x1 - x0;
        double dy = y1 - y0;
        double square = dx * dx + dy * dy;
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                double along = square == 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / square;
                double nearest = Math.min(Math.max(along, 0), 1);
                double awayX = x - x0 - nearest * dx;
                double awayY = y - y0 - nearest * dy;
                double edge = Math.sqrt(awayX * awayX + awayY * awayY) - radius;
                distance[y * side + x] = Math.min(distance[y * side + x], edge);
            }
        }
    }

    /** How much of a pixel is ink, 0 to 1: the edge of a stroke is one pixel wide. */
    double coverage(int pixel) {
        return Math.min(Math.max(0.5 - distance[pixel], 0), 1);
    }
}
