package org.vmmlib.core.crossbar.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.signal.Connections;

/** The order of elimination, and the factors of nodal matrices against dense ones. */
final class SparseFactorsTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 9", "9, 1", "2, 3", "7, 7", "16, 5", "5, 33"})
    void everyNodeIsEliminatedOnce(int rows, int columns) {
        BitSet seen = new BitSet();
        for (int node : NestedDissection.order(rows, columns)) {
            assertFalse(seen.get(node));
            seen.set(node);
        }
        assertEquals(2 * rows * columns, seen.cardinality());
    }

    /** On an s×s grid nested dissection needs O(s² log s) entries, a band needs 2 s³. */
    @ParameterizedTest
    @CsvSource({"32", "64", "128"})
    void factorsGrowNoFasterThanTheirTheory(int side) {
        Network network = network(
                Lines.builder(side, side).rowResistance(1).columnResistance(1).build());
        long entries = 0;
        for (int count : network.pattern.factorCounts(Long.MAX_VALUE)) {
            entries += count;
        }
        double perCellAndLevel = entries / (side * side * (Math.log(side) / Math.log(2)));

        assertTrue(perCellAndLevel < 6, entries + " entries, " + perCellAndLevel + " per cell and level");
    }

    @Test
    void countingStopsAtTheLimit() {
        Network network =
                network(Lines.builder(8, 8).rowResistance(1).columnResistance(1).build());
        assertEquals(0, network.pattern.factorCounts(200).length);
        assertEquals(128, network.pattern.factorCounts(100_000).length);
    }

    @Test
    void wiresWithoutResistanceAddNoUnknowns() {
        assertEquals(0, network(Lines.ideal(4, 6)).unknowns);
        assertEquals(24, network(Lines.builder(4, 6).columnResistance(1).build()).unknowns);
        assertEquals(4, network(Lines.builder(4, 6).sourceResistance(1).build()).unknowns);
        assertEquals(
                28,
                network(Lines.builder(4, 6)
                                .columnResistance(1)
                                .sourceResistance(1)
                                .build())
                        .unknowns);
        assertEquals(
                48,
                network(Lines.builder(4, 6).rowResistance(1).columnResistance(1).build()).unknowns);
    }

    private static Network network(Lines lines) {
        return Network.of(
                lines, Direction.ROWS_DRIVEN, Connections.all(lines.rows()), Connections.all(lines.columns()));
    }

    @Test
    void luOfTransistorSlopesSolvesAndSolvesTransposed() {
        Network network = network(Lines.builder(6, 9)
                .rowResistance(100)
                .columnResistance(200)
                .sourceResistance(50)
                .columnEnds(Ends.BOTH)
                .openRowSegment(2, 4)
                .build());
        double[] slopeRow = Circuits.logUniform(Circuits.stream(1, "row"), 6, 9, 1e-9, 1e-2).data;
        double[] slopeColumn = Circuits.logUniform(Circuits.stream(2, "column"), 6, 9, 1e-9, 1e-2).data;
        for (int c = 0; c < 54; c++) {
            slopeColumn[c] = c % 5 == 0 ? 0 : -slopeColumn[c];
        }
        check(
                network,
                slopeRow,
                slopeColumn,
                new LuFactorization(network.pattern, network.pattern.factorCounts(Long.MAX_VALUE)));
    }

    @Test
    void choleskyOfResistorsSolves() {
        Network network = network(
                Lines.builder(7, 5).rowResistance(100).columnResistance(200).build());
        double[] g = Circuits.logUniform(Circuits.stream(1, "row"), 7, 5, 1e-9, 1e-2).data;
        double[] minus = g.clone();
        for (int c = 0; c < 35; c++) {
            minus[c] = -g[c];
        }
        check(network, g, minus, new CholeskyFactorization(network.pattern));
        check(network, g, minus, new LuFactorization(network.pattern, network.pattern.factorCounts(Long.MAX_VALUE)));
    }

    /** Factors twice, so that the locked structure is used, and compares with a dense matrix. */
    private static void check(Network network, double[] slopeRow, double[] slopeColumn, Factorization factorization) {
        Jacobian jacobian = new Jacobian(network);
        jacobian.assemble(new double[slopeRow.length], new double[slopeRow.length]);
        factorization.factor(jacobian);
        jacobian.assemble(slopeRow, slopeColumn);
        assertTrue(factorization.factor(jacobian));
        Factors factors = factorization.factors();

        int size = network.unknowns;
        DMatrixRMaj dense = dense(jacobian);
        DMatrixRMaj transposed = CommonOps_DDRM.transpose(dense, null);
        DMatrixRMaj right = Circuits.uniform(Circuits.stream(3, "right"), size, 1, -1, 1);
        DMatrixRMaj expected = new DMatrixRMaj(size, 1);
        assertTrue(CommonOps_DDRM.solve(dense, right, expected));
        double[] single = right.data.clone();
        factors.solve(single);
        double[] wide = interleaved(right.data);
        factors.solveWide(wide);
        DMatrixRMaj expectedTransposed = new DMatrixRMaj(size, 1);
        assertTrue(CommonOps_DDRM.solve(transposed, right, expectedTransposed));
        double[] wideTransposed = interleaved(right.data);
        factors.solveTransposedWide(wideTransposed);
        double largest = Circuits.largest(expected);
        for (int k = 0; k < size; k++) {
            assertEquals(expected.data[k], single[k], 1e-10 * largest);
            for (int r = 0; r < 4; r++) {
                assertEquals(single[k] * (r + 1), wide[4 * k + r], 1e-14 * largest);
                assertEquals(
                        expectedTransposed.data[k] * (r + 1),
                        wideTransposed[4 * k + r],
                        1e-10 * Circuits.largest(expectedTransposed));
            }
        }
    }

    private static double[] interleaved(double[] one) {
        double[] out = new double[4 * one.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = one[k / 4] * (k % 4 + 1);
        }
        return out;
    }

    private static DMatrixRMaj dense(Jacobian jacobian) {
        SparsePattern pattern = jacobian.pattern;
        DMatrixRMaj dense = new DMatrixRMaj(pattern.size, pattern.size);
        for (int k = 0; k < pattern.size; k++) {
            dense.set(k, k, jacobian.diagonal[k]);
            for (int p = pattern.columnStart[k]; p < pattern.columnStart[k + 1]; p++) {
                dense.set(pattern.rowIndex[p], k, jacobian.upper[p]);
                dense.set(k, pattern.rowIndex[p], jacobian.lower[p]);
            }
        }
        return dense;
    }

    @Test
    void singularMatrixIsTold() {
        Network network =
                network(Lines.builder(2, 2).rowResistance(1).columnResistance(1).build());
        Jacobian jacobian = new Jacobian(network);
        LuFactorization lu = new LuFactorization(network.pattern, network.pattern.factorCounts(Long.MAX_VALUE));
        assertFalse(lu.factor(jacobian));
        assertFalse(new CholeskyFactorization(network.pattern).factor(jacobian));
    }
}
