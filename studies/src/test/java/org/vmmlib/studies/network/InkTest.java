package org.vmmlib.studies.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InkTest {

    private static final int SIDE = 40;

    @Test
    void aStraightStrokeCoversItsLengthTimesItsWidthAndTwoHalfDiscs() {
        for (double angle = 0; angle < 3.2; angle += 0.2) {
            double radius = 1.3;
            double length = 21;
            double dx = 0.5 * length * Math.cos(angle);
            double dy = 0.5 * length * Math.sin(angle);
            double area = area(new double[] {20.2 - dx, 20.2 + dx}, new double[] {19.7 - dy, 19.7 + dy}, new double[] {
                radius, radius
            });
            // A smoothed edge shifts the area by the sampling of the pixels alone, about 1 %.
            assertEquals(2 * radius * length + Math.PI * radius * radius, area, 1.2, "angle " + angle);
        }
    }

    @Test
    void aCurveThroughSixteenPointsOfACircleCoversARing() {
        int points = 17;
        double[] x = new double[points];
        double[] y = new double[points];
        double[] radius = new double[points];
        Arrays.fill(radius, 1.5);
        for (int p = 0; p < points; p++) {
            x[p] = 19.6 + 12 * Math.cos(2 * Math.PI * p / (points - 1));
            y[p] = 19.3 + 12 * Math.sin(2 * Math.PI * p / (points - 1));
        }
        double ring = Math.PI * (13.5 * 13.5 - 10.5 * 10.5);
        assertEquals(ring, area(x, y, radius), 0.02 * ring);
    }

    @Test
    void aPointThatStandsTwiceIsACorner() {
        // Right angle with its corner at (10, 10): the corner pixel is inked, what lies beyond it is not.
        Ink ink = new Ink(SIDE);
        ink.clear();
        ink.curve(new double[] {30, 10, 10, 10}, new double[] {10, 10, 10, 30}, new double[] {0.6, 0.6, 0.6, 0.6}, 4);
        assertEquals(1, ink.coverage(10 * SIDE + 10));
        assertEquals(0, ink.coverage(10 * SIDE + 8));
        assertEquals(0, ink.coverage(8 * SIDE + 10));
        assertEquals(0, ink.coverage(12 * SIDE + 12));
    }

    @Test
    void aClearSheetHasNoInk() {
        Ink ink = new Ink(SIDE);
        ink.clear();
        assertEquals(0, ink.coverage(0));
    }

    private static double area(double[] x, double[] y, double[] radius) {
        Ink ink = new Ink(SIDE);
        ink.clear();
        ink.curve(x, y, radius, x.length);
        double area = 0;
        for (int k = 0; k < SIDE * SIDE; k++) {
            area += ink.coverage(k);
        }
        return area;
    }
}
