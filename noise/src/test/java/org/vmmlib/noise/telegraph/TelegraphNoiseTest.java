package org.vmmlib.noise.telegraph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.macro.ArrayMemory;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.noise.TestResistors;

class TelegraphNoiseTest {

    private static final CellLaw LAW = TestResistors.law();

    /** Every trap holds its charge, but for a part 1e-12 of the time. */
    private static TelegraphNoise.Builder full() {
        return TelegraphNoise.builder(1e-9, 1e3, 1e-3);
    }

    private static CellState state(DMatrixRMaj weights) {
        return LAW.store(weights, Conditions.ROOM);
    }

    private static DMatrixRMaj halves(int rows, int columns) {
        DMatrixRMaj weights = new DMatrixRMaj(rows, columns);
        weights.fill(0.5);
        return weights;
    }

    private static PreparedCrossbar array(CellState state, Lines lines) {
        return new SchurSolver().prepare(new Crossbar(LAW, state, lines), Conditions.ROOM);
    }

    private static PreparedCrossbar ideal(DMatrixRMaj weights) {
        return array(state(weights), Lines.ideal(weights.numRows, weights.numCols));
    }

    private static DMatrixRMaj ones(int vectors, int rows) {
        DMatrixRMaj drives = new DMatrixRMaj(vectors, rows);
        drives.fill(1);
        return drives;
    }

    /** What the effect adds to the column currents in a phase that starts and lasts so many seconds. */
    private static DMatrixRMaj added(
            TelegraphNoise effect, PreparedCrossbar array, DMatrixRMaj drives, double start, double time, long call) {
        int columns = array.crossbar().columns();
        DMatrixRMaj currents = new DMatrixRMaj(drives.numRows, columns);
        double[] starts = new double[drives.numRows];
        double[] durations = new double[drives.numRows];
        Arrays.fill(starts, start);
        Arrays.fill(durations, time);
        effect.disturb(
                new Effect.Read(
                        array,
                        Excitation.rows(drives, new DMatrixRMaj(drives.numRows, columns)),
                        durations,
                        0,
                        new DMatrixRMaj(drives.numRows, columns),
                        Conditions.ROOM,
                        new Effect.Moment(0, starts, call),
                        RandomStreams.of(6).stream(effect.id(), 0),
                        new ArrayMemory()),
                currents);
        return currents;
    }

    @Test
    void aCapturedChargeRaisesTheResistanceByItsAmplitude() {
        TelegraphNoise noise =
                full().amplitude(TelegraphAmplitude.saturating(0.5, 6e3), 0).build();
        DMatrixRMaj change = added(noise, ideal(halves(3, 2)), ones(1, 3), 0, 0, 0);
        // R = 2 kΩ, ΔR/R = 0.5 · 2/(2 + 6)
        double expected = -3 * 0.5e-3 * 0.125 / 1.125;
        assertArrayEquals(new double[] {expected, expected}, change.data, 1e-15);
        TelegraphAmplitude law = TelegraphAmplitude.saturating(0.5, 1e6);
        assertEquals(0.5 * 1e-3, law.relative(1e3), 1e-6);
        assertEquals(0.5, law.relative(1e12), 1e-6);
        assertEquals(0.5, law.relative(Double.POSITIVE_INFINITY));
    }

    /** Binomial within six standard deviations: 2e-9. */
    @Test
    void asManyCellsHaveATrapAsTheProbabilitySays() {
        TelegraphNoise noise = full().affected(0.2).build();
        DMatrixRMaj change = added(noise, ideal(halves(1, 10_000)), ones(1, 1), 0, 0, 0);
        long changed = Arrays.stream(change.data).filter(x -> x != 0).count();
        assertEquals(2000, (double) changed, 6 * Math.sqrt(10_000 * 0.2 * 0.8));
    }

    /** Kolmogorov–Smirnov: 1e-6 for a new seed. */
    @Test
    void amplitudesAreLogNormalBetweenCells() {
        TelegraphNoise noise =
                full().amplitude(TelegraphAmplitude.constant(0.01), 0.7).build();
        double[] change =
                added(noise, ideal(halves(1, 5000)), ones(1, 1), 0, 0, 0).data.clone();
        for (int k = 0; k < change.length; k++) {
            double part = -change[k] / 0.5e-3;
            change[k] = Math.log(part / (1 - part) / 0.01);
        }
        double p =
                new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new NormalDistribution(null, 0, 0.7), change, false);
        assertTrue(p > 1e-6, "p = " + p);
    }

    /** Bit by bit: time, and not the cut of a batch, says in which state a trap is. */
    @Test
    void aVectorSeesTheSameWhereverTheBatchIsCut() {
        TelegraphNoise noise =
                TelegraphNoise.builder(5e-3, 2e-3, 1e-3).decades(2).build();
        PreparedCrossbar array = ideal(halves(4, 3));
        DMatrixRMaj whole = added(noise, array, ones(64, 4), 1e-5, 1e-5, 100);
        for (int b = 0; b < 64; b++) {
            DMatrixRMaj one = added(noise, array, ones(1, 4), 1e-5, 1e-5, 100 + b);
            for (int j = 0; j < 3; j++) {
                assertEquals(whole.get(b, j), one.get(0, j));
            }
        }
    }

    /**
     * 20,000 cells with 1/λ = 2/3 ms: from a phase to one 0.2 ms later, and to the next vector 1 ms later, as the process
     * says. Six standard errors of a correlation: 2e-9 each.
     */
    @Test
    void phasesAndVectorsAreCorrelatedAsTimePasses() {
        TelegraphNoise noise = TelegraphNoise.builder(2e-3, 1e-3, 1e-3).build();
        PreparedCrossbar array = ideal(halves(1, 20_000));
        double[] first = added(noise, array, ones(1, 1), 0, 0, 5).data;
        double[] phase = added(noise, array, ones(1, 1), 0.2e-3, 0, 5).data;
        double[] vector = added(noise, array, ones(1, 1), 0, 0, 6).data;
        assertEquals(Math.exp(-0.3), correlation(first, phase), 6 / Math.sqrt(20_000));
        assertEquals(Math.exp(-1.5), correlation(first, vector), 6 / Math.sqrt(20_000));
        assertNotEquals(0, Arrays.stream(first).sum());
    }

    /**
     * Both times spread log-uniformly over four decades, each for itself: the mean of
     * {@code π² + π(1 − π) e^(−λt)} over them, by a quadrature. Six standard deviations of at most 1/2, 2e-9 each; without the
     * spread it would be lower by 0.03 and more.
     */
    @Test
    void timesOfTrapsAreSpreadEvenlyOverTheirDecades() {
        int cells = 40_000;
        double bound = 6 * 0.5 / Math.sqrt(cells);
        TelegraphNoise noise =
                TelegraphNoise.builder(1e-3, 1e-3, 1e-3).decades(4).build();
        PreparedCrossbar array = ideal(halves(1, cells));
        double full = -0.5e-3 * 0.01 / 1.01;
        double[] first = added(noise, array, ones(1, 1), 0, 0, 5).data;
        for (int vectors : new int[] {1, 10}) {
            double[] later = added(noise, array, ones(1, 1), 0, 0, 5 + vectors).data;
            double both = 0;
            for (int k = 0; k < cells; k++) {
                both += first[k] * later[k] / (full * full) / cells;
            }
            double expected = 0;
            int steps = 200;
            for (int k = 0; k < steps * steps; k++) {
                int row = k / steps;
                int column = k % steps;
                double capture = Math.pow(10, 4 * (row + 0.5) / steps - 2);
                double emission = Math.pow(10, 4 * (column + 0.5) / steps - 2);
                double p = emission / (capture + emission);
                double decay = Math.exp(-vectors * (1 / capture + 1 / emission));
                expected += (p * p + p * (1 - p) * decay) / (steps * steps);
            }
            assertEquals(expected, both, bound);
            assertTrue(expected > 0.25 * (1 + Math.exp(-2 * vectors)) + 2 * bound);
        }
    }

    private static double correlation(double[] a, double[] b) {
        return new PearsonsCorrelation().correlation(a, b);
    }

    /** The mean over a phase of both halves is that of the whole. */
    @Test
    void aPhaseSeesTheMeanOverItsTime() {
        TelegraphNoise noise = TelegraphNoise.builder(1e-4, 1e-4, 1e-3).build();
        PreparedCrossbar array = ideal(halves(1, 50));
        double[] whole = added(noise, array, ones(1, 1), 0, 6e-4, 3).data;
        double[] early = added(noise, array, ones(1, 1), 0, 3e-4, 3).data;
        double[] late = added(noise, array, ones(1, 1), 3e-4, 3e-4, 3).data;
        for (int j = 0; j < 50; j++) {
            assertEquals(whole[j], 0.5 * (early[j] + late[j]), 1e-15);
        }
    }

    /** Against the array solved anew with every resistance raised by 1e-4; second order is 1e-4 of that. */
    @Test
    void onResistiveWiresAChangeReachesTheColumnsAsTheArrayLetsIt() {
        DMatrixRMaj weights = new DMatrixRMaj(5, 4);
        for (int k = 0; k < 20; k++) {
            weights.data[k] = 0.1 + 0.04 * k;
        }
        Lines lines = Lines.builder(5, 4)
                .rowResistance(20)
                .columnResistance(30)
                .senseResistance(50)
                .build();
        DMatrixRMaj raised = weights.copy();
        for (int k = 0; k < 20; k++) {
            raised.data[k] /= 1 + 1e-4;
        }
        DMatrixRMaj drives = new DMatrixRMaj(new double[][] {{1, 0.5, 0, 0.2, 0.9}, {0, 1, 0, 0, 0}});
        PreparedCrossbar array = array(state(weights), lines);
        TelegraphNoise noise =
                full().amplitude(TelegraphAmplitude.constant(1e-4), 0).build();
        DMatrixRMaj change = added(noise, array, drives, 0, 0, 0);
        double[] before = solved(array, drives);
        double[] after = solved(array(state(raised), lines), drives);
        for (int k = 0; k < before.length; k++) {
            double exact = after[k] - before[k];
            assertEquals(exact, change.data[k], 2e-4 * Math.abs(exact));
            assertTrue(Math.abs(exact) < 0.99e-4 * before[k], "the wires matter");
        }
    }

    private static double[] solved(PreparedCrossbar array, DMatrixRMaj drives) {
        Solution solution = new Solution();
        array.solve(Excitation.rows(drives, new DMatrixRMaj(drives.numRows, 4)), solution, array.workspace());
        return solution.columnCurrents.data;
    }

    /** A row that floats between columns of one voltage takes that voltage, and carries nothing to change. */
    @Test
    void aRowThatFloatsHasNoTelegraphNoise() {
        PreparedCrossbar array = ideal(halves(2, 3));
        TelegraphNoise noise = full().build();
        DMatrixRMaj currents = new DMatrixRMaj(1, 3);
        noise.disturb(
                new Effect.Read(
                        array,
                        Excitation.rows(ones(1, 2), new DMatrixRMaj(1, 3))
                                .withRows(Connections.all(2).floating(0)),
                        new double[1],
                        0,
                        new DMatrixRMaj(1, 3),
                        Conditions.ROOM,
                        new Effect.Moment(0, new double[1], 0),
                        RandomStreams.of(6).stream(noise.id(), 0),
                        new ArrayMemory()),
                currents);
        for (double current : currents.data) {
            assertEquals(-0.5e-3 * 0.01 / 1.01, current, 1e-14);
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertRefused("capture = 0.0", () -> TelegraphNoise.builder(0, 1, 1));
        assertRefused("emission = -1.0", () -> TelegraphNoise.builder(1, -1, 1));
        assertRefused("period = 0.0", () -> TelegraphNoise.builder(1, 1, 0));
        assertRefused("affected = 1.1", () -> full().affected(1.1));
        assertRefused("sigma = -1.0", () -> full().amplitude(TelegraphAmplitude.constant(1), -1));
        assertRefused("relative = -1.0", () -> TelegraphAmplitude.constant(-1));
        assertRefused("decades = -1.0", () -> full().decades(-1));
        assertRefused("name = ", () -> full().name(""));
        assertRefused(
                "period = 0.001 s: is shorter than a vector",
                () -> added(full().build(), ideal(halves(1, 1)), ones(1, 1), 0.9e-3, 0.2e-3, 0));
    }

    private static void assertRefused(String start, Executable action) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, action).getMessage());
        assertTrue(message.startsWith(start), message);
    }
}
