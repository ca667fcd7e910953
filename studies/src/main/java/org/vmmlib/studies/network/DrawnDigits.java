package org.vmmlib.studies.network;

import org.vmmlib.core.check.Require;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;

/**
 * Digits that the code draws itself, so that no data is needed: 28 x 28 pixels, each digit in one of a few ways to write
 * it, with wobbling control points, a random affine map, pen and ink, and pixel noise. About as hard as MNIST for a small
 * network. Immutable.
 *
 * <p>An image is a pure function of seed and index. Image i shows the digit {@code i mod 10}.
 *
 * @param seed of every random number
 */
public record DrawnDigits(long seed) {

    /** Height and width of an image, in pixels. */
    public static final int SIDE = 28;

    private static final int TRAINING = 10_000;
    private static final int TEST = 2_000;

    /** Index of the first test image: far above those of any training set; a multiple of ten. */
    private static final long FIRST_TEST = 1_000_000_000_000L;

    /** 10,000 images to train on and 2,000 to test with. */
    public DigitData data() {
        return data(TRAINING, TEST);
    }

    /**
     * Images to train on and others to test with.
     *
     * @param training number of the former, 0 to 1,000,000
     * @param test number of the latter, 0 to 1,000,000
     * @throws IllegalArgumentException if a number is out of its range
     */
    public DigitData data(int training, int test) {
        return new DigitData("drawn digits", images(0, training), images(FIRST_TEST, test));
    }

    /**
     * The images {@code first … first + count - 1}.
     *
     * @param first index of the first, 0 or above
     * @param count number of images, 0 to 1,000,000
     * @throws IllegalArgumentException if an index or the count is out of its range
     */
    public LabelledImages images(long first, int count) {
        Require.within("count", count, 0, 1_000_000);
        if (first < 0 || first > Long.MAX_VALUE - count) {
            throw new IllegalArgumentException("first = " + first + ": must be from 0 to 2^63 - 1 - count");
        }
        byte[] pixels = new byte[count * SIDE * SIDE];
        byte[] labels = new byte[count];
        Pen pen = new Pen(RandomStreams.of(seed).stream("drawn-digits", 0));
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) ((first + i) % LabelledImages.CLASSES);
            pen.draw(labels[i], first + i, pixels, i * SIDE * SIDE);
        }
        return LabelledImages.of(SIDE, SIDE, pixels, labels);
    }

    /** Draws one image at a time. Lengths are in pixels. */
    private static final class Pen {

        private static final int MOST_POINTS = 16;
        private static final int FIRST_GAUSSIAN = 16;
        private static final int FIRST_WOBBLE = 32;
        private static final int FIRST_NOISE = 256;

        private static final double HEIGHT = 19.5;
        private static final double WIDTH = 13.5;

        private final RandomStream random;
        private final Ink ink = new Ink(SIDE);
        private final double[] uniform = new double[8];
        private final double[] gaussian = new double[8];
        private final double[] wobble = new double[3 * MOST_POINTS];
        private final double[] noise = new double[SIDE * SIDE];
        private final double[] x = new double[MOST_POINTS];
        private final double[] y = new double[MOST_POINTS];
        private final double[] radius = new double[MOST_POINTS];

        Pen(RandomStream random) {
            this.random = random;
        }

        void draw(int digit, long index, byte[] pixels, int at) {
            RandomStream stream = random.call(index);
            stream.uniforms(0, uniform, 0, uniform.length);
            stream.gaussians(FIRST_GAUSSIAN, gaussian, 0, gaussian.length);
            ink.clear();
            DigitShape shape = DigitShape.of(digit, stream.below(DigitShape.ways(digit), uniform.length));
            double pen = 0.75 + 0.85 * uniform[0];
            double unsteady = 0.02 + 0.06 * uniform[1] * uniform[1];
            int strokes = shape.strokes().size();
            for (int s = 0; s < strokes; s++) {
                stream.gaussians(FIRST_WOBBLE + (long) s * wobble.length, wobble, 0, wobble.length);
                int points = place(shape.strokes().get(s), pen, unsteady);
                ink.curve(x, y, radius, points);
            }
            stream.gaussians(FIRST_NOISE, noise, 0, noise.length);
            double dark = 255 * (0.8 + 0.2 * uniform[2]);
            for (int k = 0; k < noise.length; k++) {
                double level = dark * ink.coverage(k) + 6 * noise[k];
                pixels[at + k] = (byte) Math.min(Math.max(Math.rint(level), 0), 255);
            }
        }

        /** Places the control points of a stroke on the sheet; returns how many there are. */
        private int place(double[] stroke, double pen, double unsteady) {
            double rotation = 0.12 * gaussian[0];
            double cos = StrictMath.cos(rotation);
            double sin = StrictMath.sin(rotation);
            double slant = -0.1 + 0.22 * gaussian[1];
            double width = WIDTH * (1 + 0.15 * gaussian[2]);
            double height = HEIGHT * (1 + 0.07 * gaussian[3]);
            double middleX = 0.5 * (SIDE - 1) + 0.8 * gaussian[4];
            double middleY = 0.5 * (SIDE - 1) + 0.8 * gaussian[5];
            int points = stroke.length / 2;
            for (int p = 0; p < points; p++) {
                boolean corner = p > 0 && stroke[2 * p] == stroke[2 * p - 2] && stroke[2 * p + 1] == stroke[2 * p - 1];
                int w = 3 * (corner ? p - 1 : p);
                double boxX = width * (stroke[2 * p] - 0.5 + unsteady * wobble[w]);
                double boxY = height * (stroke[2 * p + 1] - 0.5 + unsteady * wobble[w + 1]);
                double slanted = boxX + slant * boxY;
                x[p] = middleX + cos * slanted - sin * boxY;
                y[p] = middleY + sin * slanted + cos * boxY;
                radius[p] = pen * (1 + 0.15 * Math.min(Math.max(wobble[w + 2], -3), 3));
            }
            return points;
        }
    }
}
