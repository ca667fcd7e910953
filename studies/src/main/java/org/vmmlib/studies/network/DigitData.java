package org.vmmlib.studies.network;

import java.util.Locale;

/**
 * Images to train on and images to test with, of one size.
 *
 * @param name where they come from, for people to read
 * @param training the images that the network may learn from
 * @param test the images that measure it
 */
public record DigitData(String name, LabelledImages training, LabelledImages test) {

    /**
     * Pairs the two sets.
     *
     * @throws IllegalArgumentException if their images differ in size
     */
    public DigitData {
        if (training.rows() != test.rows() || training.columns() != test.columns()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "test images are %d x %d: must be %d x %d, as the training images are",
                    test.rows(),
                    test.columns(),
                    training.rows(),
                    training.columns()));
        }
    }
}
