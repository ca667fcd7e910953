package org.vmmlib.studies.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawnDigitsTest {

    private static final DrawnDigits DIGITS = new DrawnDigits(1);

    @Test
    void theSameSeedDrawsTheSameBytes() {
        assertEquals(
                DIGITS.images(0, 40).contentHash(),
                new DrawnDigits(1).images(0, 40).contentHash());
        assertNotEquals(
                DIGITS.images(0, 40).contentHash(),
                new DrawnDigits(2).images(0, 40).contentHash());
    }

    @Test
    void anImageDependsOnItsIndexAloneNotOnThoseBeforeIt() {
        LabelledImages all = DIGITS.images(0, 60);
        List<String> alone = IntStream.range(0, 60)
                .parallel()
                .mapToObj(i -> DIGITS.images(i, 1).contentHash())
                .toList();
        List<String> together = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            together.add(all.subset(i, i + 1).contentHash());
        }
        assertEquals(together, alone);
    }

    @Test
    void trainingAndTestImagesAreApartAndEachDigitIsAsFrequent() {
        DigitData data = DIGITS.data(200, 100);
        assertEquals(200, data.training().count());
        assertEquals(100, data.test().count());
        assertNotEquals(
                data.training().subset(0, 100).contentHash(), data.test().contentHash());
        for (LabelledImages images : List.of(data.training(), data.test())) {
            int[] frequency = new int[LabelledImages.CLASSES];
            for (int i = 0; i < images.count(); i++) {
                frequency[images.label(i)]++;
            }
            for (int count : frequency) {
                assertEquals(images.count() / LabelledImages.CLASSES, count);
            }
        }
    }

    @Test
    void imagesHaveAboutAsMuchInkAsMnistAndKeepClearOfTheBorder() {
        LabelledImages images = DIGITS.images(0, 500);
        double ink = 0;
        double border = 0;
        int side = DrawnDigits.SIDE;
        for (int i = 0; i < images.count(); i++) {
            for (int k = 0; k < images.size(); k++) {
                int row = k / side;
                int column = k % side;
                double level = images.pixel(i, row, column) / 255.0 / images.count() / images.size();
                ink += level;
                if (Math.min(Math.min(row, column), side - 1 - Math.max(row, column)) < 1) {
                    border += level;
                }
            }
        }
        // The mean pixel of MNIST's training set is 0.1307.
        assertTrue(ink > 0.08 && ink < 0.18, "mean ink " + ink);
        assertTrue(border < 0.03 * ink, "ink on the border " + border);
    }

    @Test
    void nearestCentroidSortsMostDigitsButNotAll() {
        DigitData data = DIGITS.data(2000, 500);
        double[][] centroids =
                new double[LabelledImages.CLASSES][data.training().size()];
        double[] pixels = new double[data.training().size()];
        for (int i = 0; i < data.training().count(); i++) {
            data.training().read(i, pixels);
            for (int k = 0; k < pixels.length; k++) {
                centroids[data.training().label(i)][k] += pixels[k] / 200;
            }
        }
        int[] classes = new int[data.test().count()];
        for (int i = 0; i < classes.length; i++) {
            data.test().read(i, pixels);
            double least = Double.MAX_VALUE;
            for (int digit = 0; digit < centroids.length; digit++) {
                double distance = 0;
                for (int k = 0; k < pixels.length; k++) {
                    distance += (pixels[k] - centroids[digit][k]) * (pixels[k] - centroids[digit][k]);
                }
                if (distance < least) {
                    least = distance;
                    classes[i] = digit;
                }
            }
        }
        // Chance is 0.1; on MNIST the method reaches 0.82.
        double accuracy = data.test().accuracy(classes);
        assertTrue(accuracy > 0.55 && accuracy < 0.9, "accuracy " + accuracy);
    }

    @Test
    void badIndicesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> DIGITS.images(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> DIGITS.images(0, -1));
        assertThrows(IllegalArgumentException.class, () -> DIGITS.images(Long.MAX_VALUE, 1));
    }
}
