package org.vmmlib.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;

final class ProductTest {

    private static final List<Kernels> BOTH = List.of(KernelChoice.named("scalar"), KernelChoice.named("vector"));

    private static double[] random(String purpose, int count) {
        RandomStream stream = RandomStreams.of(1).stream(purpose, 0);
        double[] out = new double[count];
        stream.gaussians(0, out, 0, count);
        return out;
    }

    private static double[] plain(double[] x, double[] a, int vectors, int rows, int columns) {
        double[] out = new double[vectors * columns];
        for (int b = 0; b < vectors; b++) {
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                for (int i = 0; i < rows; i++) {
                    sum += x[b * rows + i] * a[i * columns + j];
                }
                out[b * columns + j] = sum;
            }
        }
        return out;
    }

    /** Sizes around blocks of four and eight, the tiles of 64 rows, 256 columns and 32 vectors, and odd ones. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "1, 4, 6",
        "2, 6, 4",
        "3, 13, 13",
        "1, 63, 5",
        "4, 64, 7",
        "2, 65, 255",
        "2, 207, 256",
        "3, 66, 257",
        "33, 9, 31",
        "36, 70, 40",
        "64, 13, 264",
        "4, 4098, 33",
        "4, 6, 4098",
        "1, 130, 1025",
        "7, 1, 207",
        "13, 207, 1",
        "5, 785, 64"
    })
    void equalsThePlainTripleLoopBitByBit(int vectors, int rows, int columns) {
        double[] a = random("matrix", rows * columns);
        double[] x = random("vectors", vectors * rows);
        double[] expected = plain(x, a, vectors, rows, columns);
        for (Kernels kernels : BOTH) {
            Product product = new Product(kernels, rows, columns);
            product.load(a);
            double[] scratch = product.scratch();
            double[] out = new double[vectors * columns];
            product.multiply(x, 0, vectors, out, 0, scratch);
            assertArrayEquals(expected, out, kernels.name());

            double[] alone = new double[columns];
            for (int b = 0; b < vectors; b++) {
                product.multiply(x, b * rows, 1, alone, 0, scratch);
                for (int j = 0; j < columns; j++) {
                    assertEquals(expected[b * columns + j], alone[j], kernels.name());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 4, 6, 0", "3, 13, 13, 0.3", "2, 130, 600, 0.8", "4, 64, 7, 1", "2, 207, 20, 0.95"})
    void skippingZerosChangesNoBit(int vectors, int rows, int columns, double zeros) {
        double[] a = random("matrix", rows * columns);
        double[] x = random("vectors", vectors * rows);
        RandomStream coin = RandomStreams.of(2).stream("zeros", 0);
        for (int k = 0; k < x.length; k++) {
            x[k] = coin.uniform(k) < zeros ? 0 : x[k];
        }
        for (Kernels kernels : BOTH) {
            Product product = new Product(kernels, rows, columns);
            product.load(a);
            double[] out = new double[vectors * columns];
            product.multiplySparse(x, 0, vectors, out, 0, product.scratch());

            assertArrayEquals(plain(x, a, vectors, rows, columns), out, kernels.name());
        }
    }

    @Test
    void offsetsChooseWhereVectorsBeginAndNothingElseIsTouched() {
        double[] a = random("matrix", 12);
        double[] x = random("vectors", 10);
        double[] out = new double[12];
        Arrays.fill(out, 7);
        Product product = Product.of(a, 4, 3);
        product.multiply(x, 2, 2, out, 3, product.scratch());
        double[] expected = plain(Arrays.copyOfRange(x, 2, 10), a, 2, 4, 3);

        for (int k = 0; k < 12; k++) {
            assertEquals(k < 3 || k >= 9 ? 7 : expected[k - 3], out[k]);
        }
    }

    @Test
    void zeroTimesInfinityIsNotSkippedSilently() {
        for (Kernels kernels : BOTH) {
            Product product = new Product(kernels, 2, 1);
            product.load(new double[] {Double.POSITIVE_INFINITY, 1});
            double[] out = new double[1];
            product.multiply(new double[] {0, 1}, 0, 1, out, 0, product.scratch());
            assertTrue(Double.isNaN(out[0]));
            product.multiplySparse(new double[] {0, 1}, 0, 1, out, 0, product.scratch());
            assertEquals(1, out[0]);
        }
    }

    @Test
    void newMatrixReplacesTheOld() {
        Product product = new Product(2, 2);
        double[] out = new double[2];
        product.multiply(new double[] {1, 1}, 0, 1, out, 0, product.scratch());
        assertArrayEquals(new double[] {0, 0}, out);
        product.load(new double[] {1, 2, 3, 4});
        product.multiply(new double[] {1, 1}, 0, 1, out, 0, product.scratch());
        assertArrayEquals(new double[] {4, 6}, out);
    }

    @Test
    void arraysThatAreTooShortAreRefused() {
        Product product = new Product(3, 2);
        double[] scratch = product.scratch();
        refuses("x", () -> product.multiply(new double[5], 0, 2, new double[4], 0, scratch));
        refuses("out", () -> product.multiply(new double[6], 0, 2, new double[3], 0, scratch));
        refuses("x", () -> product.multiply(new double[6], -1, 1, new double[2], 0, scratch));
        refuses("scratch", () -> product.multiplySparse(new double[6], 0, 2, new double[4], 0, new double[1]));
        refuses("matrix", () -> Product.of(new double[5], 3, 2));
        refuses("matrix", () -> new Product(0, 2));
    }

    private static void refuses(String name, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.startsWith(name), message);
    }
}
