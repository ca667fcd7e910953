package org.vmmlib.studies.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;

/** A ramp shows where each pixel came from: its level is its source column, or row. */
class WarpTest {

    private static final int ROWS = 24;
    private static final int COLUMNS = 30;
    private static final RandomStream RANDOM = RandomStreams.of(5).stream("warp-test", 0);

    @Test
    void withoutDistortionEveryPixelStays() {
        double[] image = ramp(true);
        new Warp(Distortion.none(), ROWS, COLUMNS).apply(image, RANDOM);
        assertArrayEquals(ramp(true), image);
    }

    @Test
    void aShiftMovesEveryInnerPixelByTheSameAmountWithinItsLimit() {
        double[] across = warped(new Distortion(3, 0, 0, 0, 0), true);
        double[] down = warped(new Distortion(3, 0, 0, 0, 0), false);
        int middle = 12 * COLUMNS + 15;
        double shiftX = across[middle] - 15;
        double shiftY = down[middle] - 12;
        assertTrue(Math.abs(shiftX) <= 3 && Math.abs(shiftY) <= 3 && shiftX != shiftY);
        for (int row = 4; row < ROWS - 4; row++) {
            for (int column = 4; column < COLUMNS - 4; column++) {
                int at = row * COLUMNS + column;
                assertEquals(column + shiftX, across[at], 1e-12);
                assertEquals(row + shiftY, down[at], 1e-12);
            }
        }
    }

    @Test
    void aRotationKeepsLengthsAndAngles() {
        Distortion rotation = new Distortion(0, 0.3, 0, 0, 0);
        double[] x = warped(rotation, true);
        double[] y = warped(rotation, false);
        int middle = 12 * COLUMNS + 15;
        double xx = x[middle + 1] - x[middle];
        double yx = y[middle + 1] - y[middle];
        double xy = x[middle + COLUMNS] - x[middle];
        double yy = y[middle + COLUMNS] - y[middle];
        assertEquals(1, xx * xx + yx * yx, 1e-12);
        assertEquals(1, xy * xy + yy * yy, 1e-12);
        assertEquals(0, xx * xy + yx * yy, 1e-12);
        assertTrue(yx != 0 && Math.abs(yx) < 0.3);
    }

    @Test
    void anAffineMapTakesARampToARamp() {
        double[] image = warped(new Distortion(1, 0.1, 0.1, 0.1, 0), true);
        double stepX = image[12 * COLUMNS + 16] - image[12 * COLUMNS + 15];
        double stepY = image[13 * COLUMNS + 15] - image[12 * COLUMNS + 15];
        for (int row = 8; row < ROWS - 8; row++) {
            for (int column = 8; column < COLUMNS - 8; column++) {
                double expected = image[12 * COLUMNS + 15] + (column - 15) * stepX + (row - 12) * stepY;
                assertEquals(expected, image[row * COLUMNS + column], 1e-9);
            }
        }
    }

    @Test
    void jitterMovesPixelsByItsStandardDeviation() {
        double sum = 0;
        int draws = 2000;
        Warp warp = new Warp(new Distortion(0, 0, 0, 0, 0.5), 9, 9);
        for (int d = 0; d < draws; d++) {
            double[] image = new double[81];
            for (int k = 0; k < 81; k++) {
                image[k] = k % 9;
            }
            warp.apply(image, RANDOM.call(d));
            // A control point stands on the middle pixel.
            sum += (image[40] - 4) * (image[40] - 4);
        }
        // chi-square of 2000 degrees: standard deviation 3.2 % of the mean; six of them fail once in 5e8.
        assertEquals(0.25, sum / draws, 0.25 * 6 * 0.0317);
    }

    @Test
    void oneRowOrOneColumnWorksToo() {
        double[] line = {0, 1, 2};
        new Warp(Distortion.ofDigits(), 1, 3).apply(line, RANDOM);
        double[] point = {200};
        new Warp(Distortion.ofDigits(), 1, 1).apply(point, RANDOM);
        assertTrue(point[0] >= 0 && point[0] <= 200);
    }

    private static double[] warped(Distortion distortion, boolean columns) {
        double[] image = ramp(columns);
        new Warp(distortion, ROWS, COLUMNS).apply(image, RANDOM);
        return image;
    }

    private static double[] ramp(boolean columns) {
        double[] image = new double[ROWS * COLUMNS];
        for (int k = 0; k < image.length; k++) {
            image[k] = columns ? k % COLUMNS : k / COLUMNS;
        }
        return image;
    }
}
