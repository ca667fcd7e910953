package org.vmmlib.studies.network;

import org.vmmlib.core.check.Require;
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
        WritingHand hand = new WritingHand(RandomStreams.of(seed).stream("drawn-digits", 0));
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) ((first + i) % LabelledImages.CLASSES);
            hand.write(labels[i], first + i, pixels, i * SIDE * SIDE);
        }
        return LabelledImages.of(SIDE, SIDE, pixels, labels);
    }
}
