package org.vmmlib.studies.network;

import org.vmmlib.core.random.RandomStream;

/** Writes one digit at a time, each time differently. Mutable workspace. Lengths are in pixels. */
final class WritingHand {

    private static final int SIDE = DrawnDigits.SIDE;
    private static final int MOST_POINTS = 16;

    // Elements of an image's stream.
    private static final int UNIFORMS = 0;
    private static final int WAY = 8;
    private static final int GAUSSIANS = 16;
    private static final int WOBBLES = 32;
    private static final int NOISE = 256;

    private static final double WIDTH = 13.5;
    private static final double HEIGHT = 19.5;
    private static final double USUAL_SLANT = -0.1;

    // Standard deviations.
    private static final double ROTATION = 0.13;
    private static final double SLANT = 0.2;
    private static final double RELATIVE_WIDTH = 0.17;
    private static final double RELATIVE_HEIGHT = 0.08;
    private static final double SHIFT = 1.1;
    private static final double BEND = 0.35;
    private static final double RELATIVE_PEN = 0.15;
    private static final double PIXEL_NOISE = 6;

    private final RandomStream random;
    private final Ink ink = new Ink(SIDE);
    private final double[] uniform = new double[3];
    private final double[] gaussian = new double[12];
    private final double[] wobble = new double[3 * MOST_POINTS];
    private final double[] noise = new double[SIDE * SIDE];
    private final double[] x = new double[MOST_POINTS];
    private final double[] y = new double[MOST_POINTS];
    private final double[] radius = new double[MOST_POINTS];

    /** @param random the stream whose calls are the images */
    WritingHand(RandomStream random) {
        this.random = random;
    }

    /**
     * Writes a digit.
     *
     * @param index of the image
     * @param pixels {@code pixels[at … at + SIDE * SIDE - 1]}, unsigned. Modified.
     */
    void write(int digit, long index, byte[] pixels, int at) {
        RandomStream stream = random.call(index);
        stream.uniforms(UNIFORMS, uniform, 0, uniform.length);
        stream.gaussians(GAUSSIANS, gaussian, 0, gaussian.length);
        double pen = 0.75 + 0.85 * uniform[0];
        double unsteady = 0.025 + 0.045 * uniform[1] * uniform[1];
        double dark = 255 * (0.8 + 0.2 * uniform[2]);
        DigitShape shape = DigitShape.of(digit, stream.below(DigitShape.ways(digit), WAY));
        ink.clear();
        for (int s = 0; s < shape.strokes().size(); s++) {
            double[] stroke = shape.strokes().get(s);
            stream.gaussians(WOBBLES + s * wobble.length, wobble, 0, wobble.length);
            place(stroke, pen, unsteady);
            ink.curve(x, y, radius, stroke.length / 2);
        }
        stream.gaussians(NOISE, noise, 0, noise.length);
        for (int k = 0; k < noise.length; k++) {
            double level = Math.rint(dark * ink.coverage(k) + PIXEL_NOISE * noise[k]);
            pixels[at + k] = (byte) Math.min(Math.max(level, 0), 255);
        }
    }

    /** Places the control points of a stroke on the sheet: wobbled, bent, then through the affine map. */
    private void place(double[] stroke, double pen, double unsteady) {
        double rotation = ROTATION * gaussian[0];
        double cos = StrictMath.cos(rotation);
        double sin = StrictMath.sin(rotation);
        double slant = USUAL_SLANT + SLANT * gaussian[1];
        double width = WIDTH * (1 + RELATIVE_WIDTH * gaussian[2]);
        double height = HEIGHT * (1 + RELATIVE_HEIGHT * gaussian[3]);
        double middleX = 0.5 * (SIDE - 1) + SHIFT * gaussian[4];
        double middleY = 0.5 * (SIDE - 1) + SHIFT * gaussian[5];
        for (int p = 0; p < stroke.length / 2; p++) {
            boolean corner = p > 0 && stroke[2 * p] == stroke[2 * p - 2] && stroke[2 * p + 1] == stroke[2 * p - 1];
            int w = 3 * (corner ? p - 1 : p);
            double u = stroke[2 * p] - 0.5 + unsteady * wobble[w];
            double v = stroke[2 * p + 1] - 0.5 + unsteady * wobble[w + 1];
            double down = height * (v + BEND * (gaussian[9] * u * u + gaussian[10] * u * v + gaussian[11] * v * v));
            double across = slant * down
                    + width * (u + BEND * (gaussian[6] * u * u + gaussian[7] * u * v + gaussian[8] * v * v));
            x[p] = middleX + cos * across - sin * down;
            y[p] = middleY + sin * across + cos * down;
            radius[p] = pen * (1 + RELATIVE_PEN * Math.min(Math.max(wobble[w + 2], -3), 3));
        }
    }
}
