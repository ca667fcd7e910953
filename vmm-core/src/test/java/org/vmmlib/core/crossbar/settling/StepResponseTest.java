package org.vmmlib.core.crossbar.settling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Ends;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.ConvergenceException;
import org.vmmlib.core.crossbar.solve.CrossbarSolver;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.IdealSolver;
import org.vmmlib.core.crossbar.solve.ReferenceSolver;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.crossbar.solve.TestLaw;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Connections;

final class StepResponseTest {

    private static final CellLaw OHMIC = new TestLaw.Linear();
    private static final double FF = 1e-15;

    private static DMatrixRMaj row(double... values) {
        return DMatrixRMaj.wrap(1, values.length, values);
    }

    private static Crossbar array(CellLaw law, double[][] states, Lines lines) {
        return new Crossbar(law, TestLaw.state(new DMatrixRMaj(states)), lines);
    }

    private static double[][] states(long seed, int n, int m, double low, double high) {
        double[] u = new double[n * m];
        RandomStreams.of(seed).stream("states", 0).uniforms(0, u, 0, n * m);
        double[][] out = new double[n][m];
        for (int k = 0; k < n * m; k++) {
            out[k / m][k % m] = low * Math.pow(high / low, u[k]);
        }
        return out;
    }

    private static Excitation drive(int columns, double... volts) {
        return Excitation.rows(row(volts), new DMatrixRMaj(1, columns));
    }

    private static StepResponse fromRest(StepAnalysis.Builder analysis, Crossbar array, Excitation to) {
        return analysis.build().fromRest(array, Conditions.ROOM, to, 0);
    }

    private static int last(StepResponse r) {
        return r.times().length - 1;
    }

    // One cell

    /** A driver of 1 kΩ charges 1 pF that a cell of 1 kΩ discharges. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 10})
    void oneCapacitanceFollowsAnExponential(double wire) {
        Lines lines = Lines.builder(1, 1)
                .rowResistance(wire)
                .sourceResistance(1000 - wire)
                .rowCapacitance(1e-12)
                .build();
        double tau = 500 * 1e-12;
        double accuracy = 1e-6;
        StepResponse r = fromRest(
                StepAnalysis.builder().accuracy(accuracy).times(tau, 2 * tau),
                array(OHMIC, new double[][] {{1e-3}}, lines),
                drive(1, 1));

        double[] times = r.times();
        for (int k = 0; k < times.length; k++) {
            double falling = Math.exp(-times[k] / tau);
            assertEquals(5e-4 * (1 - falling), r.columnCurrents().get(k, 0), accuracy * 5e-4);
            assertEquals(-1e-3 + 5e-4 * (1 - falling), r.rowCurrents().get(k, 0), accuracy * 5e-4);
        }
        assertTrue(Arrays.stream(times).anyMatch(t -> t == tau), "a time asked for is met");
        assertTrue(Arrays.stream(times).anyMatch(t -> t == 2 * tau), "a time asked for is met");
        assertEquals(tau * Math.log(1e2), r.settlingTimes(1e-2)[0], 1e-4 * tau);
        assertEquals(tau * Math.log(1e3), r.settlingTimes(1e-3)[0], 1e-3 * tau);
        assertEquals(tau * Math.log(5e2), r.settlingTimesWithin(1e-6)[0], 1e-3 * tau);
        double end = times[last(r)];
        // The source gives V ∫ (V − v)/R dt.
        double given = 1e-3 * end - 5e-4 * (end - tau * (1 - Math.exp(-end / tau)));
        assertEquals(given, r.deliveredEnergy()[last(r)], 1e-6 * given);
        assertEquals(given, r.driverEnergy(), 1e-6 * given);
        assertEquals(0.5e-12 * 0.25, r.storedEnergy()[last(r)], 1e-6 * 0.5e-12 * 0.25);
    }

    /** Down again: the stationary state of the drive before is where it starts. */
    @Test
    void theStepBackDischarges() {
        Lines lines =
                Lines.builder(1, 1).sourceResistance(1000).rowCapacitance(1e-12).build();
        StepResponse r = StepAnalysis.builder()
                .accuracy(1e-6)
                .build()
                .between(
                        array(OHMIC, new double[][] {{1e-3}}, lines),
                        Conditions.ROOM,
                        Excitation.rows(new DMatrixRMaj(2, 1, true, 7, 1), new DMatrixRMaj(2, 1)),
                        Excitation.rows(new DMatrixRMaj(2, 1, true, 7, 0), new DMatrixRMaj(2, 1)),
                        1);
        double[] times = r.times();
        for (int k = 0; k < times.length; k++) {
            assertEquals(5e-4 * Math.exp(-times[k] / 5e-10), r.columnCurrents().get(k, 0), 1e-6 * 5e-4);
        }
        assertEquals(0, r.deliveredEnergy()[last(r)], 1e-27);
        assertEquals(0.125e-12, r.storedEnergyBefore(), 1e-20);
        assertEquals(0.125e-12, r.dissipatedEnergy()[last(r)], 1e-6 * 0.125e-12);
    }

    /** An ideal row couples into its column: at once by the capacitive divider, then it decays to the resistive one. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 5})
    void cellCapacitancesCoupleAtOnce(double columnWire) {
        double cell = 2 * FF;
        double line = 6 * FF;
        Lines lines = Lines.builder(1, 1)
                .columnResistance(columnWire)
                .senseResistance(1000 - columnWire)
                .rowCapacitance(10 * FF)
                .columnCapacitance(line)
                .build();
        StepResponse r = fromRest(
                StepAnalysis.builder().accuracy(1e-6).cellCapacitance(cell),
                array(OHMIC, new double[][] {{1e-3}}, lines),
                drive(1, 1));
        double tau = (cell + line) * 500;
        double[] times = r.times();
        for (int k = 0; k < times.length; k++) {
            double v = 0.5 + (cell / (cell + line) - 0.5) * Math.exp(-times[k] / tau);
            assertEquals(1e-3 * v, r.columnCurrents().get(k, 0), 1e-6 * 1e-3);
        }
        // At time 0 the source charged the row, and both capacitances in series.
        double atOnce = 10 * FF + cell * line / (cell + line);
        assertEquals(atOnce, r.deliveredEnergy()[0], 1e-9 * atOnce);
        assertEquals(0.5 * atOnce, r.storedEnergy()[0], 1e-9 * atOnce);
        assertEquals(0.5 * atOnce, r.dissipatedEnergy()[0], 1e-9 * atOnce);
    }

    // Lines

    /**
     * A row of M segments to a cell that hardly loads its end: its voltage is a sum over the line's M modes, {@code v_M = 1 −
     * Σ 4/(2M+1) · ½ cot(θ/2) sin(Mθ) exp(−4 sin²(θ/2) t/rc)} with {@code θ = (2k−1)π/(2M+1)} (derived: standing waves).
     */
    @Test
    void theEndOfALongLineFollowsItsModes() {
        int segments = 40;
        double ohms = 25;
        double[][] g = new double[1][segments];
        g[0][segments - 1] = 1e-12;
        Lines lines = Lines.builder(1, segments)
                .rowResistance(ohms)
                .rowCapacitance(FF)
                .build();
        double[] volts = new double[1];
        volts[0] = 1;
        StepResponse r =
                fromRest(StepAnalysis.builder().accuracy(1e-6), array(OHMIC, g, lines), drive(segments, volts));
        double[] times = r.times();
        for (int k = 0; k < times.length; k++) {
            double expected = 1;
            for (int mode = 1; mode <= segments; mode++) {
                double theta = (2 * mode - 1) * Math.PI / (2 * segments + 1);
                double sine = Math.sin(theta / 2);
                expected -= 2.0
                        / (2 * segments + 1)
                        / Math.tan(theta / 2)
                        * Math.sin(segments * theta)
                        * Math.exp(-4 * sine * sine * times[k] / (ohms * FF));
            }
            assertEquals(expected, 1e12 * r.columnCurrents().get(k, segments - 1), 2e-5);
        }
        // Elmore's delay, Σ of each capacitance times the resistance before it, is the area above the response.
        double elmore = ohms * FF * segments * (segments + 1) / 2;
        double missing = times[last(r)] - 1e12 * r.columnCharges()[segments - 1];
        assertEquals(elmore, missing, 1e-4 * elmore);
    }

    /** A wire without segment resistance is one node with all its capacitance; the driver's resistance charges it. */
    @Test
    void aLineWithoutResistanceIsOneNode() {
        double[][] g = {{1e-4, 2e-4, 0, 1e-4}};
        Lines lines =
                Lines.builder(1, 4).sourceResistance(2000).rowCapacitance(FF).build();
        for (CrossbarSolver solver : List.of(new SchurSolver(1e-12), new ReferenceSolver())) {
            StepResponse r =
                    fromRest(StepAnalysis.builder().solver(solver).accuracy(1e-6), array(OHMIC, g, lines), drive(4, 1));
            double tau = 4 * FF / (4e-4 + 1.0 / 2000);
            double[] times = r.times();
            for (int k = 0; k < times.length; k++) {
                double v = 5.0 / 9 * (1 - Math.exp(-times[k] / tau));
                assertEquals(2e-4 * v, r.columnCurrents().get(k, 1), 1e-6 * 2e-4);
            }
        }
    }

    // Small networks against methods that share nothing with this one

    private static final Lines SMALL = Lines.builder(3, 4)
            .rowResistance(200)
            .columnResistance(350)
            .sourceResistance(500)
            .senseResistance(800)
            .rowCapacitance(2 * FF)
            .columnCapacitance(3 * FF)
            .build();

    @ParameterizedTest
    @ValueSource(doubles = {0, FF})
    void currentsOfResistorsAreThoseOfTheMatrixExponential(double cell) {
        double[][] g = states(1, 3, 4, 1e-5, 1e-3);
        double[] volts = {0.3, -0.2, 0.5};
        DenseCircuit dense = new DenseCircuit(g, v -> v, SMALL, cell, volts);
        double[] times = {1e-13, 1e-12, 3e-12, 1e-11, 5e-11};
        for (CrossbarSolver solver : List.of(new SchurSolver(1e-12), new ReferenceSolver())) {
            StepResponse r = fromRest(
                    StepAnalysis.builder()
                            .solver(solver)
                            .accuracy(1e-6)
                            .cellCapacitance(cell)
                            .times(times),
                    array(OHMIC, g, SMALL),
                    drive(4, volts));
            for (double time : times) {
                double[] expected = dense.columnCurrents(dense.exponential(time));
                assertArrayEquals(expected, at(r, time), 1e-6 * largest(r.finalColumnCurrents()));
            }
        }
    }

    private static double[] at(StepResponse r, double time) {
        int k = Arrays.binarySearch(r.times(), time);
        int m = r.columnCurrents().numCols;
        return Arrays.copyOfRange(r.columnCurrents().data, k * m, (k + 1) * m);
    }

    private static double largest(double[] x) {
        return Arrays.stream(x).map(Math::abs).max().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, FF})
    void currentsOfNonlinearCellsAreThoseOfAnExplicitMethod(double cell) {
        double[][] s = states(2, 3, 4, 1e-5, 1e-3);
        double[] volts = {0.9, -0.7, 1.1};
        DenseCircuit dense = new DenseCircuit(s, v -> Math.sinh(3 * v) / 3, SMALL, cell, volts);
        double[] times = {1e-13, 1e-12, 3e-12, 1e-11};
        for (CrossbarSolver solver : List.of(new SchurSolver(1e-12), new ReferenceSolver())) {
            StepResponse r = fromRest(
                    StepAnalysis.builder()
                            .solver(solver)
                            .accuracy(1e-6)
                            .cellCapacitance(cell)
                            .times(times),
                    array(new TestLaw.Sinh(3), s, SMALL),
                    drive(4, volts));
            double[] v = new double[24];
            double from = 0;
            for (double time : times) {
                v = dense.integrate(v, time - from, 1e-12);
                from = time;
                assertArrayEquals(dense.columnCurrents(v), at(r, time), 1e-6 * largest(r.finalColumnCurrents()));
            }
        }
    }

    // The method

    /** Halved steps leave a quarter of the error. */
    @Test
    void theOrderIsTwo() {
        double[][] s = states(3, 3, 4, 1e-5, 1e-3);
        double[] volts = {0.9, -0.7, 1.1};
        double end = 4e-12;
        DenseCircuit resistors = new DenseCircuit(s, v -> v, SMALL, 0.5 * FF, volts);
        DenseCircuit sinh = new DenseCircuit(s, v -> Math.sinh(3 * v) / 3, SMALL, 0.5 * FF, volts);
        double[] ofResistors = resistors.columnCurrents(resistors.exponential(end));
        double[] ofSinh = sinh.columnCurrents(sinh.integrate(new double[24], end, 1e-13));
        for (CellLaw law : List.of(OHMIC, new TestLaw.Sinh(3))) {
            double[] expected = law.equals(OHMIC) ? ofResistors : ofSinh;
            double before = Double.NaN;
            for (int steps = 32; steps <= 256; steps *= 2) {
                StepResponse r = fromRest(
                        StepAnalysis.builder()
                                .accuracy(1e-8)
                                .cellCapacitance(0.5 * FF)
                                .fixedStep(end / steps)
                                .duration(end),
                        array(law, s, SMALL),
                        drive(4, volts));
                double[] found = at(r, end);
                double error = 0;
                for (int j = 0; j < 4; j++) {
                    error = Math.max(error, Math.abs(found[j] - expected[j]));
                }
                assertEquals(steps, r.evidence().steps());
                if (steps > 64) {
                    assertEquals(4, before / error, 0.25, steps + " steps");
                }
                before = error;
            }
        }
    }

    /** A better accuracy is reached, and costs as its square root. */
    @Test
    void errorsFollowTheAccuracyAskedFor() {
        double[][] g = states(1, 3, 4, 1e-5, 1e-3);
        double[] volts = {0.3, -0.2, 0.5};
        DenseCircuit dense = new DenseCircuit(g, v -> v, SMALL, 0, volts);
        double[] expected = dense.columnCurrents(dense.exponential(5e-12));
        for (double accuracy : new double[] {1e-2, 1e-3, 1e-4, 1e-5, 1e-6}) {
            StepResponse r = fromRest(
                    StepAnalysis.builder().accuracy(accuracy).times(5e-12), array(OHMIC, g, SMALL), drive(4, volts));
            double[] found = at(r, 5e-12);
            for (int j = 0; j < 4; j++) {
                assertEquals(expected[j], found[j], accuracy * largest(r.finalColumnCurrents()));
            }
            assertTrue(r.evidence().steps() < 6 / Math.sqrt(accuracy) + 20, accuracy + ": " + r.evidence());
        }
    }

    /**
     * Wires that follow within 1e-18 s, a floating row that takes microseconds: at steps 1e11 times as long as the fast ones
     * nothing rings, and the slow one is as exact as if it were alone.
     */
    @Test
    void twelveDecadesOfTimeConstantsDoNotRing() {
        Lines lines = Lines.builder(2, 1)
                .rowResistance(1e-3)
                .columnResistance(1e-3)
                .senseResistance(1)
                .rowCapacitance(FF)
                .columnCapacitance(FF)
                .build();
        Crossbar array = array(OHMIC, new double[][] {{1e-4}, {1e-9}}, lines);
        Excitation from = drive(1, 1, 1);
        // The second row floats from now on, and discharges through its cell.
        Excitation to = drive(1, 1, 1).withRows(Connections.all(2).floating(1));
        double tau = FF / 1e-9;
        StepResponse fixed = StepAnalysis.builder()
                .fixedStep(0.1 * tau)
                .duration(5 * tau)
                .build()
                .between(array, Conditions.ROOM, from, to, 0);
        double[] times = fixed.times();
        double bottom = fixed.finalColumnCurrents()[0];
        for (int k = 1; k < times.length; k++) {
            double expected = bottom + (1 - bottom) * 1e-9 * Math.exp(-times[k] / tau);
            assertEquals(expected, fixed.columnCurrents().get(k, 0), 1e-3 * 1e-9, "at " + times[k]);
        }
        StepResponse free = StepAnalysis.builder().build().between(array, Conditions.ROOM, from, to, 0);
        assertTrue(free.evidence().steps() < 300, free.evidence().toString());
        assertEquals(tau * Math.log(100), free.settlingTimesWithin((1 - bottom) * 1e-11)[0], 0.01 * tau);

        // From rest, the fast part of the step is over before the first fixed step ends.
        StepResponse up = fromRest(StepAnalysis.builder().fixedStep(0.1 * tau).duration(2 * tau), array, to);
        for (int k = 1; k < up.times().length; k++) {
            double row = 1 - Math.exp(-up.times()[k] / tau);
            assertEquals(up.finalColumnCurrents()[0], up.columnCurrents().get(k, 0), 2e-9, "row at " + row);
        }
    }

    /** Rows without capacitance follow the drivers at once, as rows of hardly any capacitance do. */
    @Test
    void nodesWithoutCapacitanceFollowAtOnce() {
        double[][] s = states(2, 3, 4, 1e-5, 1e-3);
        double[] volts = {0.9, -0.7, 1.1};
        for (CellLaw law : List.of(OHMIC, new TestLaw.Sinh(3))) {
            StepResponse none = fromRest(
                    StepAnalysis.builder().accuracy(1e-6).times(3e-12),
                    array(law, s, SMALL.toBuilder().rowCapacitance(0).build()),
                    drive(4, volts));
            StepResponse little = fromRest(
                    StepAnalysis.builder().accuracy(1e-6).times(3e-12),
                    array(law, s, SMALL.toBuilder().rowCapacitance(1e-6 * FF).build()),
                    drive(4, volts));
            double scale = largest(none.finalColumnCurrents());
            assertArrayEquals(at(little, 3e-12), at(none, 3e-12), 3e-5 * scale);
            assertTrue(Math.abs(none.rowCurrents().get(0, 0)) > 1e-5, "rows carry current from the start");
            assertTrue(none.evidence().steps() < little.evidence().steps());
        }
    }

    // Conservation

    /** What went in is in the capacitances of the stationary state; what was given was stored or became heat. */
    @Test
    void chargeAndEnergyAreKept() {
        double[][] s = states(4, 6, 5, 1e-5, 1e-3);
        Lines lines = Lines.builder(6, 5)
                .rowResistance(200)
                .columnResistance(350)
                .sourceResistance(100)
                .rowCapacitance(2 * FF)
                .columnCapacitance(3 * FF)
                .rowEnds(Ends.BOTH)
                .openColumnSegment(2, 3)
                .build();
        Excitation to = Excitation.rows(row(0.5, 0.1, -0.4, 0.9, 0, 0.2), row(0.1, 0.2, -0.1, 0, 0.3));
        for (CellLaw law : List.of(OHMIC, new TestLaw.Sinh(3))) {
            Crossbar array = array(law, s, lines);
            StepResponse r = fromRest(StepAnalysis.builder().accuracy(1e-6).cellCapacitance(0.7 * FF), array, to);
            Solution end = new Solution(true, false);
            var prepared = new ReferenceSolver().prepare(array, Conditions.ROOM);
            prepared.solve(to, end, prepared.workspace());
            double charge = 0;
            double energy = 0;
            for (int k = 0; k < 30; k++) {
                double word = end.wordLines.data[k];
                double bit = end.bitLines.data[k];
                charge += 2 * FF * word + 3 * FF * bit;
                energy += 0.5 * FF * (2 * word * word + 3 * bit * bit + 0.7 * (word - bit) * (word - bit));
            }
            double out = Arrays.stream(r.rowCharges()).sum()
                    + Arrays.stream(r.columnCharges()).sum();
            assertEquals(-charge, out, 1e-5 * charge);
            assertEquals(energy, r.storedEnergy()[last(r)], 1e-5 * energy);
            for (int k = 0; k <= last(r); k++) {
                double given = r.deliveredEnergy()[k];
                assertEquals(given, r.storedEnergy()[k] + r.dissipatedEnergy()[k], 3e-5 * energy);
            }
            assertEquals(0, r.storedEnergyBefore());
        }
    }

    /** Charge is kept at every accuracy, and on the way. */
    @Test
    void chargeIsKeptHoweverLongTheSteps() {
        double[][] g = states(4, 3, 4, 1e-5, 1e-3);
        StepResponse r = fromRest(
                StepAnalysis.builder().fixedStep(1e-11).duration(1e-8).cellCapacitance(FF),
                array(OHMIC, g, SMALL),
                drive(4, 0.5, 0.1, -0.4));
        Crossbar array = array(OHMIC, g, SMALL);
        Solution end = new Solution(true, false);
        var prepared = new ReferenceSolver().prepare(array, Conditions.ROOM);
        prepared.solve(drive(4, 0.5, 0.1, -0.4), end, prepared.workspace());
        double charge = 0;
        double gross = 0;
        for (int k = 0; k < 12; k++) {
            charge += 2 * FF * end.wordLines.data[k] + 3 * FF * end.bitLines.data[k];
        }
        double out = 0;
        for (double[] side : new double[][] {r.rowCharges(), r.columnCharges()}) {
            for (double q : side) {
                out += q;
                gross += Math.abs(q);
            }
        }
        assertEquals(-charge, out, 1e-7 * Math.abs(charge) + 1e-12 * gross);
    }

    @Test
    void theEndIsTheStationaryStateOfTheSolver() {
        double[][] s = states(5, 20, 17, 1e-6, 1e-4);
        Lines lines = Lines.builder(20, 17)
                .rowResistance(5)
                .columnResistance(3)
                .rowCapacitance(FF)
                .columnCapacitance(FF)
                .build();
        double[] volts = new double[20];
        Arrays.setAll(volts, i -> 0.05 * i);
        for (CellLaw law : List.of(OHMIC, new TestLaw.Sinh(2))) {
            StepResponse r = fromRest(
                    StepAnalysis.builder().accuracy(1e-6).duration(1e-8), array(law, s, lines), drive(17, volts));
            double[] end = Arrays.copyOfRange(r.columnCurrents().data, last(r) * 17, (last(r) + 1) * 17);
            assertArrayEquals(r.finalColumnCurrents(), end, 1e-9 * largest(end));
        }
    }

    /** Gates of a gate-driven array that open: the columns discharge through the transistors. */
    @Test
    void transistorsThatOpenDischargeTheirColumns() {
        double[][] s = states(6, 5, 4, 0.1, 1);
        Lines lines = Lines.builder(5, 4)
                .rowResistance(20)
                .columnResistance(30)
                .senseResistance(1e5)
                .columnCapacitance(FF)
                .rowCapacitance(FF)
                .build();
        DMatrixRMaj off = new DMatrixRMaj(1, 5);
        off.fill(Double.NEGATIVE_INFINITY);
        DMatrixRMaj high = new DMatrixRMaj(1, 4);
        high.fill(0.5);
        Crossbar array = array(new TestLaw.Transistor(), s, lines);
        Excitation to = Excitation.gates(row(0.3, 0.2, 0.35, 0.1, 0.25), high);
        StepResponse r =
                StepAnalysis.builder().build().between(array, Conditions.ROOM, Excitation.gates(off, high), to, 0);
        StepResponse slow = StepAnalysis.builder()
                .solver(new ReferenceSolver())
                .times(1e-10)
                .build()
                .between(array, Conditions.ROOM, Excitation.gates(off, high), to, 0);
        assertEquals("Newton, Schur complement, GMRES", r.evidence().method());
        double[] found = r.settlingTimes(0.01);
        double[] expected = slow.settlingTimes(0.01);
        for (int j = 0; j < 4; j++) {
            assertEquals(0, r.columnCurrents().get(0, j), 1e-12);
            assertTrue(r.finalColumnCurrents()[j] < -1e-8);
            assertEquals(expected[j], found[j], 2e-3 * expected[j]);
            assertTrue(found[j] > 1e-11 && found[j] < 1e-8, "settles within " + found[j]);
        }
    }

    @Test
    void nothingHappensWithoutAStep() {
        double[][] g = states(1, 3, 4, 1e-5, 1e-3);
        Crossbar array = array(OHMIC, g, SMALL);
        Excitation at = drive(4, 0.5, 0.1, -0.4);
        StepAnalysis analysis = StepAnalysis.builder().duration(1e-10).build();
        StepResponse same = analysis.between(array, Conditions.ROOM, at, at, 0);
        assertArrayEquals(new double[4], same.settlingTimes(1e-6));
        StepResponse rest = analysis.fromRest(array, Conditions.ROOM, drive(4, 0, 0, 0), 0);
        assertEquals(0, largest(rest.columnCurrents().data));
        assertEquals(0, rest.deliveredEnergy()[last(rest)]);
    }

    /** Lines that nothing loads and whose terminals are ideal have settled when they are driven. */
    @Test
    void anIdealArrayChargesAtOnce() {
        double[][] g = states(1, 3, 4, 1e-5, 1e-3);
        Lines lines =
                Lines.builder(3, 4).rowCapacitance(FF).columnCapacitance(FF).build();
        StepResponse r =
                fromRest(StepAnalysis.builder().cellCapacitance(FF), array(OHMIC, g, lines), drive(4, 0.5, 0.1, -0.4));
        assertArrayEquals(new double[4], r.settlingTimes(1e-6));
        assertEquals(4 * 2 * FF * (0.25 + 0.01 + 0.16), r.deliveredEnergy()[0], 1e-6 * FF);
    }

    /** An island holds the charge that it has; the rest settles as if it were not there. */
    @Test
    void anIslandKeepsItsCharge() {
        Lines lines =
                SMALL.toBuilder().openRowSegment(1, 2).openRowSegment(1, 3).build();
        double[][] g = states(1, 3, 4, 1e-5, 1e-3);
        g[1][2] = 0;
        StepResponse r = fromRest(StepAnalysis.builder(), array(OHMIC, g, lines), drive(4, 0.5, 0.1, -0.4));
        double scale = largest(r.finalColumnCurrents());
        for (int j = 0; j < 4; j++) {
            assertEquals(r.finalColumnCurrents()[j], r.columnCurrents().get(last(r), j), 1e-5 * scale);
        }
        assertTrue(r.evidence().steps() < 500, r.evidence().toString());
    }

    // Refusals

    private static String refusal(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }

    @Test
    void refusesWhatMakesNoSense() {
        double[][] g = {{1e-3}};
        StepAnalysis analysis = StepAnalysis.builder().build();
        assertEquals(
                "capacitance of rows, columns and cells = 0: nothing takes time to settle; give the lines a"
                        + " rowCapacitance or columnCapacitance, or the cells a cellCapacitance",
                refusal(() -> analysis.fromRest(
                        array(OHMIC, g, Lines.builder(1, 1).rowResistance(1).build()),
                        Conditions.ROOM,
                        drive(1, 1),
                        0)));
        Crossbar good = array(
                OHMIC,
                g,
                Lines.builder(1, 1).rowResistance(1).rowCapacitance(FF).build());
        assertEquals(
                "vector = 1: must be from 0 to 0",
                refusal(() -> analysis.fromRest(good, Conditions.ROOM, drive(1, 1), 1)));
        assertTrue(refusal(() -> analysis.fromRest(good, Conditions.ROOM, drive(1, Double.NaN), 0))
                .startsWith("rowVoltages[0,0] = NaN: must be"));
        assertTrue(refusal(() -> analysis.fromRest(good, Conditions.ROOM, drive(2, 1), 0))
                .startsWith("columnVoltages is 1 x 2: must be 1 x 1"));
        assertTrue(refusal(() -> StepAnalysis.builder()
                        .solver(new IdealSolver())
                        .build()
                        .fromRest(good, Conditions.ROOM, drive(1, 1), 0))
                .contains("use SchurSolver or ReferenceSolver"));
        StepAnalysis.Builder builder = StepAnalysis.builder();
        assertEquals(
                "cellCapacitance = -1.0: must be a finite number >= 0", refusal(() -> builder.cellCapacitance(-1)));
        assertEquals("accuracy = 0.5: must be from 1.0E-8 to 0.01", refusal(() -> builder.accuracy(0.5)));
        assertEquals("duration = NaN: must be a finite number > 0", refusal(() -> builder.duration(Double.NaN)));
        assertEquals("fixedStep = 0.0: must be a finite number > 0", refusal(() -> builder.fixedStep(0)));
        assertEquals("mostSteps = 0: must be from 1 to 2147483647", refusal(() -> builder.mostSteps(0)));
        assertEquals(
                "times = 2.0, 1.0, ...: must rise; sort them and leave out doubles",
                refusal(() -> builder.times(2, 1)));
        assertTrue(refusal(() -> StepAnalysis.builder().times(2).duration(1).build())
                .contains("lies after the duration 1.0"));
        assertTrue(refusal(() -> StepAnalysis.builder().fixedStep(1).build()).contains("fixed steps need a duration"));
        assertTrue(
                refusal(() -> StepAnalysis.builder().fixedStep(1e-9).duration(1).build())
                        .contains("take longer ones"));
        StepResponse r = analysis.fromRest(good, Conditions.ROOM, drive(1, 1), 0);
        assertEquals("part = 0.0: must be a finite number > 0", refusal(() -> r.settlingTimes(0)));
        assertEquals("error = -1.0: must be a finite number > 0", refusal(() -> r.settlingTimesWithin(-1)));
    }

    @Test
    void givesUpAfterTheStepsAllowed() {
        Crossbar array = array(OHMIC, states(1, 3, 4, 1e-5, 1e-3), SMALL);
        ConvergenceException e = assertThrows(
                ConvergenceException.class,
                () -> fromRest(StepAnalysis.builder().mostSteps(10), array, drive(4, 1, 1, 1)));
        assertTrue(e.getMessage().contains("after 10 steps"), e.getMessage());
        assertTrue(e.getMessage().contains("too many steps"), e.getMessage());
    }

    /** Before the end of its transient a line has not settled. */
    @Test
    void aLineThatHasNotSettledSaysSo() {
        Crossbar array = array(OHMIC, states(1, 3, 4, 1e-5, 1e-3), SMALL);
        StepResponse r = fromRest(StepAnalysis.builder().duration(1e-13), array, drive(4, 1, 1, 1));
        assertEquals(Double.POSITIVE_INFINITY, r.settlingTimes(0.01)[0]);
        assertEquals(1e-13, r.times()[last(r)]);
    }
}
