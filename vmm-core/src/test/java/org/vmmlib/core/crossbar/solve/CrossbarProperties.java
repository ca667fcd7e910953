package org.vmmlib.core.crossbar.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Circuits.Circuit;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Connections;

/** Laws of physics that linear arrays obey, with line resistances over twelve decades and 0. */
final class CrossbarProperties {

    @Provide
    Arbitrary<Circuit> any() {
        return Circuits.circuits(-6, 6, true);
    }

    /** Where a textbook's nodal matrix is well conditioned. */
    @Provide
    Arbitrary<Circuit> moderate() {
        return Circuits.circuits(0, 4, false);
    }

    private static Excitation rows(Circuit c, DMatrixRMaj drives) {
        return Excitation.rows(drives, new DMatrixRMaj(drives.numRows, c.columns()));
    }

    /** Amperes that are no current at all. */
    private static final double NOTHING = 1e-18;

    /** Largest terminal current; where none flows, rounding must stay far below any current of interest. */
    private static double scale(Solution s) {
        return Math.max(NOTHING, largest(s));
    }

    private static double largest(Solution s) {
        return Math.max(Circuits.largest(s.rowCurrents), Circuits.largest(s.columnCurrents));
    }

    @Property(tries = 300, seed = "1")
    void currentsAreThoseOfTheDenseNodalEquations(@ForAll("moderate") Circuit c) {
        Crossbar array = new Crossbar(
                new TestLaw.Linear(), TestLaw.state(c.cells()), c.lines(), CellFaults.none(c.rows(), c.columns()));
        Excitation e = new Excitation(
                c.seed() % 2 == 0 ? Direction.ROWS_DRIVEN : Direction.COLUMNS_DRIVEN,
                new DMatrixRMaj(1, 0),
                c.drives("rows", 1, c.rows(), -1, 1),
                c.drives("columns", 1, c.columns(), -1, 1),
                someFloat(c.seed(), c.rows()),
                someFloat(c.seed() / 8, c.columns()));
        DenseNetwork dense = new DenseNetwork(array, e, 0);
        Assume.that(dense.solvable);
        Solution s = Circuits.reference(array, e);
        double scale = 1e-9 * 1e-3 + 1e-9 * scale(s);

        assertArrayEquals(dense.rowCurrents, s.rowCurrents.data, scale);
        assertArrayEquals(dense.columnCurrents, s.columnCurrents.data, scale);
        int cells = c.rows() * c.columns();
        for (int k = 0; k < cells; k++) {
            assertEquals(dense.voltages[k], s.wordLines.data[k], 1e-7);
            assertEquals(dense.voltages[cells + k], s.bitLines.data[k], 1e-7);
        }
    }

    private static Connections someFloat(long seed, int lines) {
        Connections all = Connections.all(lines);
        return seed % 4 == 0 ? all.floating((int) (seed % lines)) : all;
    }

    @Property(tries = 300, seed = "2")
    void superpositionHolds(@ForAll("any") Circuit c) {
        DMatrixRMaj first = c.drives("first", 1, c.rows(), -1, 1);
        DMatrixRMaj second = c.drives("second", 1, c.columns(), -1, 1);
        Solution together = Circuits.reference(c.resistors(), Excitation.rows(first, second));
        Solution rows = Circuits.reference(c.resistors(), rows(c, first));
        Solution columns = Circuits.reference(c.resistors(), Excitation.rows(new DMatrixRMaj(1, c.rows()), second));
        double scale = 1e-12 * Math.max(scale(together), Math.max(scale(rows), scale(columns)));

        for (int j = 0; j < c.columns(); j++) {
            assertEquals(
                    together.columnCurrents.data[j],
                    rows.columnCurrents.data[j] + columns.columnCurrents.data[j],
                    scale);
        }
        for (int i = 0; i < c.rows(); i++) {
            assertEquals(together.rowCurrents.data[i], rows.rowCurrents.data[i] + columns.rowCurrents.data[i], scale);
        }
    }

    /** Flip both axes, swap row with column resistance and source with sense resistance: G_eff is anti-transposed. */
    @Property(tries = 300, seed = "3")
    void reciprocityHoldsForTheAntiTransposedArray(@ForAll("any") Circuit c) {
        int n = c.rows();
        int m = c.columns();
        Solution here = Circuits.reference(c.resistors(), rows(c, Circuits.units(n)));
        Circuit turned = antiTransposed(c);
        Solution there = Circuits.reference(turned.resistors(), rows(turned, Circuits.units(m)));
        double scale = 1e-12 * scale(here);

        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                assertEquals(here.columnCurrents.get(i, j), there.columnCurrents.get(m - 1 - j, n - 1 - i), scale);
            }
        }
    }

    private static Circuit antiTransposed(Circuit c) {
        int n = c.rows();
        int m = c.columns();
        Lines lines = c.lines();
        DMatrixRMaj conductances = ((LinearCells) c.resistors().cells(Conditions.ROOM)).conductances();
        DMatrixRMaj cells = new DMatrixRMaj(m, n);
        Lines.Builder turned = Lines.builder(m, n)
                .rowResistance(lines.columnResistance())
                .columnResistance(lines.rowResistance())
                .sourceResistance(lines.senseResistance(0))
                .senseResistance(lines.sourceResistance(0))
                .rowEnds(flipped(lines.columnEnds()))
                .columnEnds(flipped(lines.rowEnds()));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                cells.set(m - 1 - j, n - 1 - i, conductances.get(i, j));
            }
            for (int k = 0; k <= m; k++) {
                if (lines.rowSegmentOpen(i, k)) {
                    turned.openColumnSegment(n - 1 - i, m - k);
                }
            }
        }
        for (int j = 0; j < m; j++) {
            for (int k = 0; k <= n; k++) {
                if (lines.columnSegmentOpen(j, k)) {
                    turned.openRowSegment(m - 1 - j, n - k);
                }
            }
        }
        return new Circuit(c.seed(), cells, turned.build(), CellFaults.none(m, n));
    }

    private static Ends flipped(Ends ends) {
        return switch (ends) {
            case FIRST -> Ends.LAST;
            case LAST -> Ends.FIRST;
            case BOTH -> Ends.BOTH;
        };
    }

    /** The same array driven by its columns, with source and sense resistance swapped, has the transposed G_eff. */
    @Property(tries = 300, seed = "4")
    void reciprocityHoldsForTheArrayDrivenByItsColumns(@ForAll("any") Circuit c) {
        int n = c.rows();
        int m = c.columns();
        Solution forward = Circuits.reference(c.resistors(), rows(c, Circuits.units(n)));
        Lines swapped = c.lines().toBuilder()
                .sourceResistance(c.lines().senseResistance(0))
                .senseResistance(c.lines().sourceResistance(0))
                .build();
        Solution backward = Circuits.reference(
                c.lines(swapped).resistors(), Excitation.columns(Circuits.units(m), new DMatrixRMaj(m, n)));
        double scale = 1e-12 * scale(forward);

        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                assertEquals(forward.columnCurrents.get(i, j), backward.rowCurrents.get(j, i), scale);
            }
        }
    }

    @Property(tries = 300, seed = "5")
    void doublingLineResistanceNeverRaisesTheTotalCurrentOfEqualDrives(@ForAll("any") Circuit c) {
        DMatrixRMaj drives = Circuits.constant(1, c.rows(), 1);
        Lines lines = c.lines();
        double before = Circuits.sum(Circuits.reference(c.resistors(), rows(c, drives)).columnCurrents);
        Lines[] worse = {
            lines.toBuilder().rowResistance(2 * lines.rowResistance()).build(),
            lines.toBuilder().columnResistance(2 * lines.columnResistance()).build(),
            lines.toBuilder()
                    .sourceResistance(2 * lines.sourceResistance(0))
                    .senseResistance(2 * lines.senseResistance(0))
                    .build()
        };
        for (Lines doubled : worse) {
            double after =
                    Circuits.sum(Circuits.reference(c.lines(doubled).resistors(), rows(c, drives)).columnCurrents);
            assertTrue(after <= before + 1e-12 * Math.abs(before) + NOTHING, before + " A became " + after + " A");
        }
    }

    @Property(tries = 300, seed = "6")
    void totalCurrentOfNonNegativeDrivesNeverExceedsTheIdealOne(@ForAll("any") Circuit c) {
        Excitation e = rows(c, c.drives("drives", 1, c.rows(), 0, 1));
        double ideal = Circuits.sum(Circuits.solve(
                        new IdealSolver(),
                        c.lines(Lines.ideal(c.rows(), c.columns())).resistors(),
                        e)
                .columnCurrents);
        double real = Circuits.sum(Circuits.reference(c.resistors(), e).columnCurrents);

        assertTrue(real >= -NOTHING && real <= ideal * (1 + 1e-12), real + " A of " + ideal + " A");
    }

    @Property(tries = 300, seed = "7")
    void everyNodeLiesBetweenTheLowestAndTheHighestTerminal(@ForAll("any") Circuit c) {
        DMatrixRMaj rows = c.drives("rows", 1, c.rows(), 0.2, 0.9);
        DMatrixRMaj columns = c.drives("columns", 1, c.columns(), 0.1, 0.3);
        Solution s = Circuits.reference(c.resistors(), Excitation.rows(rows, columns));
        Assume.that(largest(s) > 0);
        double low = Double.MAX_VALUE;
        double high = 0;
        for (double v : rows.data) {
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        for (double v : columns.data) {
            low = Math.min(low, v);
            high = Math.max(high, v);
        }

        for (int k = 0; k < s.wordLines.getNumElements(); k++) {
            assertTrue(s.wordLines.data[k] >= low - 1e-15 && s.wordLines.data[k] <= high + 1e-15);
            assertTrue(s.bitLines.data[k] >= low - 1e-15 && s.bitLines.data[k] <= high + 1e-15);
        }
    }

    @Property(tries = 100, seed = "8")
    void linesWithoutResistanceAreIdeal(@ForAll("any") Circuit c) {
        Circuit ideal = c.lines(Lines.builder(c.rows(), c.columns())
                .rowEnds(c.lines().rowEnds())
                .columnEnds(c.lines().columnEnds())
                .build());
        Excitation e =
                Excitation.rows(c.drives("rows", 3, c.rows(), -1, 1), c.drives("columns", 3, c.columns(), -0.1, 0.1));
        for (Crossbar array : new Crossbar[] {ideal.resistors(), ideal.with(new TestLaw.Sinh(2))}) {
            Solution expected = Circuits.solve(new IdealSolver(), array, e);
            Solution actual = Circuits.reference(array, e);
            double scale = 1e-14 * Circuits.largest(expected.columnSlopes);

            assertArrayEquals(expected.rowCurrents.data, actual.rowCurrents.data, 12 * scale);
            assertArrayEquals(expected.columnCurrents.data, actual.columnCurrents.data, scale);
            assertArrayEquals(expected.columnSlopes.data, actual.columnSlopes.data, scale);
            assertArrayEquals(expected.power.data, actual.power.data, 12 * scale);
            assertArrayEquals(expected.wordLines.data, actual.wordLines.data);
            assertArrayEquals(expected.bitLines.data, actual.bitLines.data);
        }
    }

    @Property(tries = 100, seed = "9")
    void resistanceThatGoesToZeroGoesToIdeal(@ForAll("any") Circuit c) {
        Excitation e = rows(c, c.drives("rows", 1, c.rows(), 0, 1));
        Circuit tiny = c.lines(Lines.builder(c.rows(), c.columns())
                .rowResistance(1e-12)
                .columnResistance(1e-11)
                .sourceResistance(1e-10)
                .senseResistance(1e-10)
                .build());
        Solution ideal = Circuits.solve(
                new IdealSolver(), c.lines(Lines.ideal(c.rows(), c.columns())).resistors(), e);
        Solution real = Circuits.reference(tiny.resistors(), e);

        // A drop is at most 12·1 S·1 V over 12 segments.
        assertArrayEquals(ideal.columnCurrents.data, real.columnCurrents.data, 1e-8 * scale(ideal));
    }

    @Property(tries = 100, seed = "10")
    void currentsScaleWithAllConductances(
            @ForAll("any") Circuit c, @ForAll @DoubleRange(min = 1e-3, max = 1e3) @Scale(6) double factor) {
        DMatrixRMaj cells = c.cells().copy();
        for (int k = 0; k < cells.getNumElements(); k++) {
            cells.data[k] *= factor;
        }
        Lines lines = c.lines();
        Circuit scaled = new Circuit(
                c.seed(),
                cells,
                lines.toBuilder()
                        .rowResistance(lines.rowResistance() / factor)
                        .columnResistance(lines.columnResistance() / factor)
                        .sourceResistance(lines.sourceResistance(0) / factor)
                        .senseResistance(lines.senseResistance(0) / factor)
                        .build(),
                c.faults().shortConductance(factor));
        Excitation e = rows(c, c.drives("rows", 1, c.rows(), -1, 1));
        Solution before = Circuits.reference(c.resistors(), e);
        Solution after = Circuits.reference(scaled.resistors(), e);

        for (int j = 0; j < c.columns(); j++) {
            assertEquals(
                    factor * before.columnCurrents.data[j],
                    after.columnCurrents.data[j],
                    1e-12 * factor * scale(before));
        }
    }

    @Property(tries = 300, seed = "11")
    void noNodeGainsOrLosesCurrent(@ForAll("any") Circuit c) {
        Solution s = Circuits.reference(
                c.resistors(),
                Excitation.rows(c.drives("rows", 1, c.rows(), -1, 1), c.drives("columns", 1, c.columns(), -1, 1)));

        assertTrue(s.residual <= 1e-12, "residual " + s.residual);
        assertTrue(s.kirchhoffError <= 1e-12, "Kirchhoff error " + s.kirchhoffError);
        assertEquals(0, Circuits.sum(s.rowCurrents) + Circuits.sum(s.columnCurrents), 1e-12 * scale(s));
    }

    /** The same from the node voltages alone, where these carry enough digits. */
    @Property(tries = 100, seed = "12")
    void nodeVoltagesObeyKirchhoffAtEveryNode(@ForAll("moderate") Circuit c) {
        Crossbar array = c.resistors();
        Solution s = Circuits.reference(array, rows(c, c.drives("rows", 1, c.rows(), 0, 1)));
        int n = c.rows();
        int m = c.columns();
        DMatrixRMaj g = ((LinearCells) array.cells(Conditions.ROOM)).conductances();
        double[] w = s.wordLines.data;
        double[] b = s.bitLines.data;
        // Rounding of a voltage times the conductances at the node.
        double tolerance =
                4e-16 * (1 + 2 / c.lines().rowResistance() + 2 / c.lines().columnResistance());
        for (int i = 0; i < n; i++) {
            for (int j = 1; j + 1 < m; j++) {
                int k = i * m + j;
                double net = g.data[k] * (w[k] - b[k]);
                net += c.lines().rowSegmentOpen(i, j)
                        ? 0
                        : (w[k] - w[k - 1]) / c.lines().rowResistance();
                net += c.lines().rowSegmentOpen(i, j + 1)
                        ? 0
                        : (w[k] - w[k + 1]) / c.lines().rowResistance();
                assertEquals(0, net, tolerance);
            }
        }
        for (int i = 1; i + 1 < n; i++) {
            for (int j = 0; j < m; j++) {
                int k = i * m + j;
                double net = g.data[k] * (b[k] - w[k]);
                net += c.lines().columnSegmentOpen(j, i)
                        ? 0
                        : (b[k] - b[k - m]) / c.lines().columnResistance();
                net += c.lines().columnSegmentOpen(j, i + 1)
                        ? 0
                        : (b[k] - b[k + m]) / c.lines().columnResistance();
                assertEquals(0, net, tolerance);
            }
        }
    }

    @Property(tries = 300, seed = "13")
    void powerDeliveredIsPowerDissipated(@ForAll("any") Circuit c) {
        DMatrixRMaj rows = c.drives("rows", 1, c.rows(), -1, 1);
        DMatrixRMaj columns = c.drives("columns", 1, c.columns(), -1, 1);
        Solution s = Circuits.reference(c.resistors(), Excitation.rows(rows, columns));
        double delivered = 0;
        for (int i = 0; i < c.rows(); i++) {
            delivered -= rows.data[i] * s.rowCurrents.data[i];
        }
        for (int j = 0; j < c.columns(); j++) {
            delivered -= columns.data[j] * s.columnCurrents.data[j];
        }

        assertEquals(delivered, s.power.data[0], 1e-12 * scale(s));
    }

    /**
     * Reciprocity again: what a current injected in a cell sends to the outputs is the voltage they put across it. An
     * open cell may stand between nodes that have no definite voltage.
     */
    @Property(tries = 200, seed = "14")
    void adjointIsTheVoltageThatTheWeightsPutAcrossTheCell(@ForAll("any") Circuit c) {
        boolean forward = c.seed() % 2 == 0;
        int n = c.rows();
        int m = c.columns();
        DMatrixRMaj weights = c.drives("weights", 2, forward ? m : n, -1, 1);
        PreparedCrossbar prepared = new ReferenceSolver().prepare(c.resistors(), Conditions.ROOM);
        Workspace workspace = prepared.workspace();
        DMatrixRMaj response = new DMatrixRMaj(0, 0);
        Excitation at = forward
                ? Excitation.rows(new DMatrixRMaj(2, n), new DMatrixRMaj(2, m))
                : Excitation.columns(new DMatrixRMaj(2, m), new DMatrixRMaj(2, n));
        prepared.adjoint(at, weights, response, workspace);
        Excitation probe = forward
                ? Excitation.rows(new DMatrixRMaj(2, n), weights)
                : Excitation.columns(new DMatrixRMaj(2, m), weights);
        Solution s = new Solution(true, false);
        prepared.solve(probe, s, workspace);
        double[] g = ((LinearCells) prepared.cells()).conductances().data;

        for (int k = 0; k < 2 * n * m; k++) {
            if (g[k % (n * m)] > 0) {
                assertEquals(s.bitLines.data[k] - s.wordLines.data[k], response.data[k], 1e-12);
            }
        }
    }

    @Property(tries = 100, seed = "15")
    void columnSlopeIsTheCurrentThatOneVoltDraws(@ForAll("any") Circuit c) {
        int n = c.rows();
        int m = c.columns();
        Solution s = Circuits.reference(c.resistors(), Excitation.rows(new DMatrixRMaj(m, n), Circuits.units(m)));
        for (int j = 0; j < m; j++) {
            double slope = s.columnCurrents.get(j, j);
            assertTrue(slope <= NOTHING);
            assertEquals(slope, s.columnSlopes.get(0, j), 1e-12 * Math.abs(slope) + NOTHING);
        }
    }
}
