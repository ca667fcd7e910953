package org.vmmlib.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;

final class LaplacianTest {

    private static final List<Kernels> BOTH = List.of(KernelChoice.named("scalar"), KernelChoice.named("vector"));

    /** Conductances of four decades, and sources of both signs. */
    private static Laplacian random(Kernels kernels, int size) {
        Laplacian out = new Laplacian(kernels, size);
        RandomStream stream = RandomStreams.of(1).stream("conductances", size);
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                out.add(i, j, Math.pow(10, -4 * stream.uniform((long) i * size + j)));
            }
            out.addSource(i, stream.uniform((long) i * size) - 0.5);
        }
        return out;
    }

    /** Y_pp − Y_pe Y_ee⁻¹ Y_ep and s_p − Y_pe Y_ee⁻¹ s_e, by LU with pivoting. */
    private static DMatrixRMaj schur(Laplacian matrix, int count, DMatrixRMaj source) {
        int n = matrix.size();
        DMatrixRMaj y = new DMatrixRMaj(n, n + 1);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i != j) {
                    y.set(i, j, -matrix.get(i, j));
                    y.add(i, i, matrix.get(i, j));
                }
            }
            y.set(i, n, matrix.source(i));
        }
        DMatrixRMaj ee = CommonOps_DDRM.extract(y, 0, count, 0, count);
        DMatrixRMaj ep = CommonOps_DDRM.extract(y, 0, count, count, n + 1);
        DMatrixRMaj solved = new DMatrixRMaj(count, n + 1 - count);
        CommonOps_DDRM.solve(ee, ep, solved);
        DMatrixRMaj out = CommonOps_DDRM.extract(y, count, n, count, n + 1);
        DMatrixRMaj pe = CommonOps_DDRM.extract(y, count, n, 0, count);
        CommonOps_DDRM.multAdd(-1, pe, solved, out);
        CommonOps_DDRM.extract(out, 0, n - count, n - count, n - count + 1, source, 0, 0);
        return out;
    }

    /** Sizes around the lanes, the small panels of 8, the largest small matrix of 192, panels of 64 and 128, tiles of 256. */
    @ParameterizedTest
    @CsvSource({
        "2, 1",
        "3, 2",
        "5, 1",
        "9, 8",
        "13, 4",
        "40, 17",
        "64, 63",
        "100, 33",
        "192, 100",
        "193, 1",
        "193, 70",
        "230, 64",
        "300, 65",
        "321, 128",
        "400, 130",
        "600, 300"
    })
    void whatRemainsIsTheSchurComplement(int size, int count) {
        for (Kernels kernels : BOTH) {
            Laplacian matrix = random(kernels, size);
            DMatrixRMaj source = new DMatrixRMaj(size - count, 1);
            DMatrixRMaj expected = schur(matrix, count, source);
            matrix.eliminate(count, false);
            assertEquals(count, matrix.eliminated());
            for (int i = count; i < size; i++) {
                for (int j = i + 1; j < size; j++) {
                    double c = -expected.get(i - count, j - count);
                    assertEquals(c, matrix.get(i, j), 1e-12 * c, kernels.name());
                    assertEquals(matrix.get(i, j), matrix.get(j, i));
                }
                assertEquals(source.get(i - count, 0), matrix.source(i), 1e-11, kernels.name());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "13, 4", "41, 17", "192, 77", "200, 70", "520, 200", "700, 390"})
    void bitsDoNotDependOnKernelsOrThreads(int size, int count) {
        Laplacian expected = random(BOTH.get(0), size);
        expected.eliminate(count, false);
        ForkJoinPool pool = new ForkJoinPool(3);
        try {
            for (Kernels kernels : BOTH) {
                for (boolean parallel : new boolean[] {false, true}) {
                    Laplacian actual = random(kernels, size);
                    pool.submit(() -> actual.eliminate(count, parallel)).join();
                    for (int i = count; i < size; i++) {
                        assertEquals(expected.source(i), actual.source(i));
                        for (int j = i + 1; j < size; j++) {
                            assertEquals(expected.get(i, j), actual.get(i, j));
                        }
                    }
                }
            }
        } finally {
            pool.shutdown();
        }
    }

    /** Sources that follow are treated like those that were there; power is what they deliver to grounded unknowns. */
    @ParameterizedTest
    @CsvSource({"2, 1", "13, 4", "192, 77", "193, 100", "400, 150"})
    void sourcesThatFollowArePushedAlikeAndDeliverTheirPower(int size, int count) {
        for (Kernels kernels : BOTH) {
            Laplacian matrix = random(kernels, size);
            double[] source = new double[size];
            DMatrixRMaj y = new DMatrixRMaj(count, count);
            DMatrixRMaj right = new DMatrixRMaj(count, 1);
            for (int i = 0; i < size; i++) {
                source[i] = matrix.source(i);
                for (int j = 0; j < size && i < count; j++) {
                    if (i != j) {
                        y.add(i, i, matrix.get(i, j));
                        if (j < count) {
                            y.set(i, j, -matrix.get(i, j));
                        }
                    }
                }
            }
            System.arraycopy(source, 0, right.data, 0, count);
            DMatrixRMaj volts = new DMatrixRMaj(count, 1);
            CommonOps_DDRM.solve(y, right, volts);
            double power = CommonOps_DDRM.dot(volts, right);
            matrix.eliminate(count, false);
            assertEquals(power, matrix.power(), 1e-11 * power);
            double[] rest = new double[size];
            for (int i = count; i < size; i++) {
                rest[i] = matrix.source(i);
            }
            matrix.forget();
            assertEquals(power, matrix.push(source), 1e-11 * power);
            for (int i = count; i < size; i++) {
                assertEquals(rest[i], source[i], 1e-12);
            }
        }
    }

    /** n equal resistors in a row; the sources divide like the lever that they are. */
    @Test
    void chainIsASeriesResistance() {
        for (int n : new int[] {5, 150, 400}) {
            for (Kernels kernels : BOTH) {
                Laplacian chain = new Laplacian(kernels, n + 1);
                // Ends are the last two unknowns, n − 1 and n; inner nodes stand between them in order.
                for (int k = 0; k < n; k++) {
                    chain.add(k == 0 ? n - 1 : k - 1, k == n - 1 ? n : k, 1e-3);
                }
                chain.addSource(1, 1);
                chain.eliminate(n - 1, false);
                assertEquals(1e-3 / n, chain.get(n - 1, n), 1e-15 / n);
                assertEquals(1 - 2.0 / n, chain.source(n - 1), 1e-13);
                assertEquals(2.0 / n, chain.source(n), 1e-13);
            }
        }
    }

    /** A star whose arms differ by 300 decades: c_ij = c_i c_j / Σ c, to the last digits. */
    @Test
    void starBecomesAMeshWithAllDigits() {
        double[] arm = {1e-150, 3e-75, 7, 11e75, 13e150};
        for (Kernels kernels : BOTH) {
            Laplacian star = new Laplacian(kernels, 6);
            double sum = 0;
            for (int k = 4; k >= 0; k--) {
                star.add(0, k + 1, arm[k]);
                sum += arm[k];
            }
            star.eliminate(1, false);
            for (int i = 0; i < 5; i++) {
                for (int j = i + 1; j < 5; j++) {
                    double c = arm[i] * (arm[j] / sum);
                    assertEquals(c, star.get(i + 1, j + 1), 1e-15 * c);
                }
            }
        }
    }

    @Test
    void unknownConnectedToNothingIsDropped() {
        for (int size : new int[] {10, 250}) {
            for (Kernels kernels : BOTH) {
                Laplacian matrix = new Laplacian(kernels, size);
                matrix.add(2, 8, 5);
                matrix.add(2, 9, 5);
                matrix.eliminate(8, false);
                assertEquals(2.5, matrix.get(8, 9));
            }
        }
    }

    @Test
    void whatRemainsIsAddedWhereItBelongs() {
        for (int size : new int[] {12, 260}) {
            Laplacian part = random(BOTH.get(1), size);
            part.eliminate(size - 7, false);
            Laplacian rest = part.remainder();
            for (int larger : new int[] {11, 300}) {
                Laplacian whole = new Laplacian(BOTH.get(1), larger);
                int[] to = {0, 1, 2, 5, 6, 8, 10};
                whole.add(part, to);
                whole.add(rest, to);
                for (int i = 0; i < 7; i++) {
                    for (int j = i + 1; j < 7; j++) {
                        double c = part.get(size - 7 + i, size - 7 + j);
                        assertEquals(c, rest.get(i, j));
                        assertEquals(2 * c, whole.get(to[i], to[j]));
                    }
                    assertEquals(2 * part.source(size - 7 + i), whole.source(to[i]));
                }
                assertEquals(0, whole.get(3, 10));
                assertEquals(0, whole.get(4, 9));
            }
        }
    }

    @Test
    void memoryIsUsedAgainWithoutStaleElements() {
        Laplacian matrix = random(BOTH.get(1), 250);
        for (int size : new int[] {31, 240, 7, 0, 192}) {
            matrix.reset(size);
            for (int i = 0; i < size; i++) {
                assertEquals(0, matrix.source(i));
                for (int j = i + 1; j < size; j++) {
                    assertEquals(0, matrix.get(i, j));
                    matrix.add(i, j, 1);
                }
            }
            // The mesh of equal conductances stays one: c + c²/(n c) in n steps.
            int count = size / 2;
            matrix.eliminate(count, false);
            for (int i = count; i < size; i++) {
                for (int j = i + 1; j < size; j++) {
                    assertEquals((double) size / (size - count), matrix.get(i, j), 1e-13);
                }
            }
        }
    }

    @Test
    void badArgumentsAreRefusedByName() {
        Laplacian matrix = new Laplacian(4);
        matrix.eliminate(1, false);
        assertThrows(IndexOutOfBoundsException.class, () -> matrix.get(0, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> matrix.get(2, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> matrix.add(1, 4, 1));
        assertThrows(IllegalStateException.class, () -> matrix.eliminate(2, false));
        refuses("size", () -> new Laplacian(-1));
        refuses("s has 3", () -> matrix.push(new double[3]));
        refuses("count", () -> new Laplacian(2).eliminate(3, false));
        refuses("to[1]", () -> new Laplacian(3).add(new Laplacian(3), new int[] {0, 0, 1}));
        refuses("to[2]", () -> new Laplacian(3).add(new Laplacian(3), new int[] {0, 1, 3}));
    }

    private static void refuses(String name, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.startsWith(name), message);
    }
}
