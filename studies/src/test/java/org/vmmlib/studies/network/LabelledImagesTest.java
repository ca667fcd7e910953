package org.vmmlib.studies.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class LabelledImagesTest {

    private static final LabelledImages TWO = LabelledImages.of(
            2, 3, new byte[] {0, 8, 9, 127, (byte) 128, (byte) 255, 1, 2, 3, 4, 5, 6}, new byte[] {7, 0});

    @Test
    void fourBitCodesAreRoundedSixteenthsOfThePixels() {
        DMatrixRMaj codes = TWO.inputs(4);
        assertEquals(2, codes.numRows);
        // 15/255 of 0, 8, 9, 127, 128, 255 is 0, 0.47, 0.53, 7.47, 7.53, 15
        assertArrayEquals(new double[] {0, 0, 1, 7, 8, 15}, firstRow(codes));
    }

    @Test
    void eightBitCodesAreThePixels() {
        assertArrayEquals(new double[] {0, 8, 9, 127, 128, 255}, firstRow(TWO.inputs(8)));
    }

    @Test
    void oneBitCodesSplitTheGreyLevelsInTheMiddle() {
        assertArrayEquals(new double[] {0, 0, 0, 0, 1, 1}, firstRow(TWO.inputs(1)));
    }

    @Test
    void subsetKeepsPixelsAndLabelsTogether() {
        LabelledImages second = TWO.subset(1, 2);
        assertEquals(1, second.count());
        assertEquals(0, second.label(0));
        assertEquals(6, second.pixel(0, 1, 2));
        assertEquals(0, TWO.subset(1, 1).count());
    }

    @Test
    void contentHashChangesWithEveryPixelLabelAndShape() {
        byte[] pixels = {1, 2, 3, 4};
        byte[] labels = {5};
        String hash = LabelledImages.of(2, 2, pixels, labels).contentHash();
        assertEquals(64, hash.length());
        assertEquals(hash, LabelledImages.of(2, 2, pixels, labels).contentHash());
        assertNotEquals(hash, LabelledImages.of(1, 4, pixels, labels).contentHash());
        assertNotEquals(hash, LabelledImages.of(2, 2, pixels, new byte[] {6}).contentHash());
        assertNotEquals(
                hash, LabelledImages.of(2, 2, new byte[] {1, 2, 3, 5}, labels).contentHash());
    }

    @Test
    void arraysHandedInAreCopied() {
        byte[] pixels = {1};
        byte[] labels = {2};
        LabelledImages images = LabelledImages.of(1, 1, pixels, labels);
        pixels[0] = 9;
        labels[0] = 9;
        assertEquals(1, images.pixel(0, 0, 0));
        assertEquals(2, images.label(0));
    }

    @Test
    void accuracyIsTheFractionOfRightClasses() {
        assertEquals(0.5, TWO.accuracy(new int[] {7, 1}));
        assertThrows(IllegalArgumentException.class, () -> TWO.accuracy(new int[] {7}));
    }

    @Test
    void badInputIsRefusedByName() {
        assertRefused("labels[1] = 10", () -> LabelledImages.of(1, 1, new byte[2], new byte[] {9, 10}));
        assertRefused("labels[0] = 255", () -> LabelledImages.of(1, 1, new byte[1], new byte[] {-1}));
        assertRefused("pixels has 3 bytes", () -> LabelledImages.of(2, 2, new byte[3], new byte[1]));
        assertRefused("rows = 0", () -> LabelledImages.of(0, 2, new byte[0], new byte[0]));
        assertRefused("bits = 9", () -> TWO.inputs(9));
        assertRefused("to = 3", () -> TWO.subset(0, 3));
        assertRefused("from = 2", () -> TWO.subset(2, 1));
        assertRefused(
                "test images are 1 x 1",
                () -> new DigitData("", TWO, LabelledImages.of(1, 1, new byte[1], new byte[1])));
    }

    private static void assertRefused(String part, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.contains(part), message);
    }

    private static double[] firstRow(DMatrixRMaj matrix) {
        double[] row = new double[matrix.numCols];
        System.arraycopy(matrix.data, 0, row, 0, row.length);
        return row;
    }
}
