package org.vmmlib.core.crossbar.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.crossbar.solve.Circuits.Circuit;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Connections;

/** Nonlinear cells between lossy lines. */
final class NewtonProperties {

    @Provide
    Arbitrary<CellLaw> laws() {
        return Arbitraries.of(new TestLaw.Sinh(3), new TestLaw.Sinh(12), new TestLaw.Transistor());
    }

    @Provide
    Arbitrary<Circuit> any() {
        return Circuits.circuits(-6, 5, true);
    }

    @Provide
    Arbitrary<Circuit> small() {
        return Circuits.circuits(2, 4, false).filter(c -> c.rows() <= 4 && c.columns() <= 4);
    }

    /** Drives at which every law conducts well; transistor states are scaled to microamperes. */
    private static Excitation excitation(Circuit c, CellLaw law, int vectors) {
        boolean gates = law.topology() == Topology.GATE_DRIVEN;
        return new Excitation(
                Direction.ROWS_DRIVEN,
                gates ? c.drives("gates", vectors, c.rows(), -0.1, 0.3) : new DMatrixRMaj(vectors, 0),
                gates ? new DMatrixRMaj(vectors, c.rows()) : c.drives("rows", vectors, c.rows(), -0.5, 0.7),
                c.drives("columns", vectors, c.columns(), gates ? 0.3 : -0.1, gates ? 0.6 : 0.1),
                Connections.all(c.rows()),
                Connections.all(c.columns()));
    }

    private static Circuit scaled(Circuit c, CellLaw law) {
        if (law.topology() == Topology.SOURCE_DRIVEN) {
            return c;
        }
        DMatrixRMaj cells = c.cells().copy();
        for (int k = 0; k < cells.getNumElements(); k++) {
            cells.data[k] *= 1e3;
        }
        return new Circuit(c.seed(), cells, c.lines(), c.faults());
    }

    /** Largest terminal current; where none flows, rounding must stay far below any current of interest. */
    private static double scale(Solution s) {
        return Math.max(1e-18, largest(s));
    }

    private static double largest(Solution s) {
        return Math.max(Circuits.largest(s.rowCurrents), Circuits.largest(s.columnCurrents));
    }

    @Property(tries = 300, seed = "1")
    void everyNodeAndThePowerBalance(@ForAll("any") Circuit c, @ForAll("laws") CellLaw law) {
        Excitation e = excitation(c, law, 1);
        Solution s = Circuits.reference(scaled(c, law).with(law), e);
        double delivered = 0;
        for (int i = 0; i < c.rows(); i++) {
            delivered -= e.rowVoltages().data[i] * s.rowCurrents.data[i];
        }
        for (int j = 0; j < c.columns(); j++) {
            delivered -= e.columnVoltages().data[j] * s.columnCurrents.data[j];
        }

        assertTrue(s.residual <= 1e-10, "residual " + s.residual);
        assertTrue(s.kirchhoffError <= 1e-10, "Kirchhoff error " + s.kirchhoffError);
        assertEquals(delivered, s.power.data[0], 1e-9 * scale(s));
        assertEquals(0, Circuits.sum(s.rowCurrents) + Circuits.sum(s.columnCurrents), 1e-10 * scale(s));
    }

    /** Node by node, each by bisection, until nothing moves: slow, and without any matrix. */
    @Property(tries = 40, seed = "2")
    void newtonFindsWhatRelaxationFinds(@ForAll("small") Circuit c, @ForAll("laws") CellLaw law) {
        Lines lines = Lines.builder(c.rows(), c.columns())
                .rowResistance(c.lines().rowResistance())
                .columnResistance(c.lines().columnResistance())
                .sourceResistance(c.lines().sourceResistance(0))
                .senseResistance(c.lines().senseResistance(0))
                .rowEnds(Ends.FIRST)
                .columnEnds(Ends.LAST)
                .build();
        Crossbar array = scaled(c, law).lines(lines).with(law);
        Excitation e = excitation(c, law, 1);
        Solution s = Circuits.reference(array, e);
        Relaxation slow = new Relaxation(array, e);
        slow.run();

        for (int k = 0; k < c.rows() * c.columns(); k++) {
            assertEquals(slow.word[k], s.wordLines.data[k], 1e-9);
            assertEquals(slow.bit[k], s.bitLines.data[k], 1e-9);
        }
    }

    /** Nonlinear Gauss–Seidel for lines with the usual ends. */
    private static final class Relaxation {
        final double[] word;
        final double[] bit;
        private final int n;
        private final int m;
        private final Lines lines;
        private final ArrayCells cells;
        private final Excitation e;
        private final double[][] row = new double[5][];

        Relaxation(Crossbar array, Excitation e) {
            n = array.rows();
            m = array.columns();
            lines = array.lines();
            cells = array.cells(Conditions.ROOM);
            this.e = e;
            word = new double[n * m];
            bit = new double[n * m];
            for (int k = 0; k < n * m; k++) {
                word[k] = e.rowVoltages().data[k / m];
                bit[k] = e.columnVoltages().data[k % m];
            }
            for (int k = 0; k < 5; k++) {
                row[k] = new double[m];
            }
        }

        void run() {
            double moved = 1;
            for (int sweep = 0; sweep < 200_000 && moved > 1e-15; sweep++) {
                moved = 0;
                for (int k = 0; k < n * m; k++) {
                    moved = Math.max(moved, settle(word, k, true));
                    moved = Math.max(moved, settle(bit, k, false));
                }
            }
        }

        private double settle(double[] layer, int k, boolean isWord) {
            double before = layer[k];
            double low = -2;
            double high = 2;
            for (int step = 0; step < 60; step++) {
                double middle = 0.5 * (low + high);
                layer[k] = middle;
                if ((isWord ? outOfWord(k) : outOfBit(k)) > 0) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            return Math.abs(layer[k] - before);
        }

        private double outOfWord(int k) {
            int i = k / m;
            int j = k % m;
            double r = lines.rowResistance();
            double out = cell(i, j);
            out += j == 0
                    ? (word[k] - e.rowVoltages().data[i]) / (r + lines.sourceResistance(i))
                    : (word[k] - word[k - 1]) / r;
            return out + (j == m - 1 ? 0 : (word[k] - word[k + 1]) / r);
        }

        private double outOfBit(int k) {
            int i = k / m;
            int j = k % m;
            double r = lines.columnResistance();
            double out = -cell(i, j);
            out += i == n - 1
                    ? (bit[k] - e.columnVoltages().data[j]) / (r + lines.senseResistance(j))
                    : (bit[k] - bit[k + m]) / r;
            return out + (i == 0 ? 0 : (bit[k] - bit[k - m]) / r);
        }

        private double cell(int i, int j) {
            System.arraycopy(word, i * m, row[0], 0, m);
            System.arraycopy(bit, i * m, row[1], 0, m);
            double gate = e.gates().numCols == 0 ? 0 : e.gates().data[i];
            cells.evaluate(i, gate, row[0], row[1], row[2], row[3], row[4]);
            return row[2][j];
        }
    }

    /** All laws here are proportional to the number that a cell stores, so ∂i/∂s = i/s. */
    @Property(tries = 60, seed = "3")
    void adjointTellsHowOutputsReactToACell(@ForAll("any") Circuit circuit, @ForAll("laws") CellLaw law) {
        Circuit c = scaled(circuit, law);
        boolean forward = law.topology() == Topology.GATE_DRIVEN || c.seed() % 2 == 0;
        Excitation e = excitation(c, law, 2);
        Excitation at = forward
                ? e
                : new Excitation(
                        Direction.COLUMNS_DRIVEN,
                        e.gates(),
                        e.rowVoltages(),
                        e.columnVoltages(),
                        e.rows(),
                        e.columns());
        DMatrixRMaj weights = c.drives("weights", 1, forward ? c.columns() : c.rows(), -1, 1);
        PreparedCrossbar prepared = new ReferenceSolver().prepare(c.with(law), Conditions.ROOM);
        Workspace workspace = prepared.workspace();
        DMatrixRMaj response = new DMatrixRMaj(0, 0);
        prepared.adjoint(at, weights, response, workspace);
        Solution s = new Solution(true, false);
        prepared.solve(at, s, workspace);

        int cell = (int) (c.seed() % ((long) c.rows() * c.columns()));
        double step = 1e-4;
        double[] up = outputs(c, law, at, weights, cell, 1 + step, forward);
        double[] down = outputs(c, law, at, weights, cell, 1 - step, forward);
        for (int b = 0; b < 2; b++) {
            double current = current(c, law, at, s, b, cell);
            double expected = (up[b] - down[b]) / (2 * step);
            double actual = response.get(b, cell) * current;
            assertEquals(expected, actual, 1e-6 * Math.abs(current) + 1e-8 * scale(s));
        }
    }

    private static double[] outputs(
            Circuit c, CellLaw law, Excitation e, DMatrixRMaj weights, int cell, double factor, boolean forward) {
        DMatrixRMaj cells = c.cells().copy();
        cells.data[cell] *= factor;
        Solution s = Circuits.reference(new Circuit(c.seed(), cells, c.lines(), c.faults()).with(law), e);
        DMatrixRMaj currents = forward ? s.columnCurrents : s.rowCurrents;
        double[] sums = new double[e.vectors()];
        for (int b = 0; b < sums.length; b++) {
            for (int k = 0; k < currents.numCols; k++) {
                sums[b] += weights.data[k] * currents.get(b, k);
            }
        }
        return sums;
    }

    /** Current of a cell that follows its law; 0 for one with a fault, whose stored number does not matter. */
    private static double current(Circuit c, CellLaw law, Excitation e, Solution s, int b, int cell) {
        int m = c.columns();
        int i = cell / m;
        double[][] row = new double[5][m];
        ArrayCells healthy = law.bind(TestLaw.state(c.cells()), Conditions.ROOM);
        ArrayCells real = c.with(law).cells(Conditions.ROOM);
        System.arraycopy(s.wordLines.data, (b * c.rows() + i) * m, row[0], 0, m);
        System.arraycopy(s.bitLines.data, (b * c.rows() + i) * m, row[1], 0, m);
        double gate = e.gates().numCols == 0 ? 0 : e.gates().get(b, i);
        real.evaluate(i, gate, row[0], row[1], row[2], row[3], row[4]);
        double actual = row[2][cell % m];
        double slope = row[3][cell % m];
        healthy.evaluate(i, gate, row[0], row[1], row[2], row[3], row[4]);
        return row[2][cell % m] == actual && row[3][cell % m] == slope ? actual : 0;
    }

    @Property(tries = 60, seed = "4")
    void columnSlopesAreDerivativesByTheirOwnVoltage(@ForAll("any") Circuit circuit, @ForAll("laws") CellLaw law) {
        Circuit c = scaled(circuit, law);
        Excitation e = excitation(c, law, 1);
        PreparedCrossbar prepared = new ReferenceSolver().prepare(c.with(law), Conditions.ROOM);
        Workspace workspace = prepared.workspace();
        Solution s = new Solution(false, true);
        prepared.solve(e, s, workspace);
        int j = (int) (c.seed() % c.columns());
        double step = 1e-5;
        double[] moved = new double[2];
        for (int side = 0; side < 2; side++) {
            DMatrixRMaj columns = e.columnVoltages().copy();
            columns.data[j] += side == 0 ? -step : step;
            Solution near = new Solution();
            prepared.solve(
                    new Excitation(e.direction(), e.gates(), e.rowVoltages(), columns, e.rows(), e.columns()),
                    near,
                    workspace);
            moved[side] = near.columnCurrents.data[j];
        }
        double expected = (moved[1] - moved[0]) / (2 * step);

        assertEquals(expected, s.columnSlopes.data[j], 1e-5 * Math.abs(expected) + 1e-9 * scale(s) / step * 1e-1);
    }

    /** A sinh cell at small voltage is a resistor: the difference is (αv)²/6. */
    @Property(tries = 60, seed = "5")
    void weaklyNonlinearCellsGoToLinearOnes(
            @ForAll("any") Circuit c, @ForAll @DoubleRange(min = 1e-4, max = 1e-3) @Scale(6) double alpha) {
        Excitation e = excitation(c, new TestLaw.Linear(), 1);
        Solution linear = Circuits.reference(c.resistors(), e);
        Solution weak = Circuits.reference(c.with(new TestLaw.Sinh(alpha)), e);

        for (int j = 0; j < c.columns(); j++) {
            assertEquals(
                    linear.columnCurrents.data[j],
                    weak.columnCurrents.data[j],
                    alpha * alpha * c.rows() * scale(linear));
        }
    }
}
