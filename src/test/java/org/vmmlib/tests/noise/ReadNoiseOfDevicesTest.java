package org.vmmlib.tests.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.CellFaults;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.SchurSolver;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.crossbar.solve.TransferMatrixSolver;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.physics.FlickerSpectrum;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.devices.reram.SinhReram;
import org.vmmlib.noise.FlickerNoise;
import org.vmmlib.noise.ReadNoise;
import org.vmmlib.noise.ReadNoiseOfCells;
import org.vmmlib.noise.telegraph.TelegraphNoise;

class ReadNoiseOfDevicesTest {

    private static final int VECTORS = 20_000;

    /** Six standard deviations of a variance of 20,000 numbers: 2e-9 for a new seed. */
    private static final double SIX_SIGMA = 6 * Math.sqrt(2.0 / VECTORS);

    private static final FloatingGateCell FLASH = FloatingGateCell.exponential().build();
    private static final SinhReram BARRIERS = new SinhReram(ConductanceWindow.of(1e-6, 100e-6), 4);

    private static CellState stored(CellLaw law, int rows, int columns) {
        DMatrixRMaj weights = new DMatrixRMaj(rows, columns);
        for (int k = 0; k < weights.data.length; k++) {
            weights.data[k] = (1 + (5 * k) % 8) / 8.0;
        }
        return law.store(weights, Conditions.ROOM);
    }

    private static NoisyReads ideal(CellLaw law, int rows, int columns, double columnVoltage) {
        return NoisyReads.of(law, stored(law, rows, columns), Lines.ideal(rows, columns), columnVoltage);
    }

    /** 1 nA over 50 ns is 312 electrons: 5.7 % (Poisson statistics). */
    @Test
    void electronsOfACurrentAreCounted() {
        NoisyReads reads = ideal(FLASH, 1, 1, 0.5);
        double gate = 0.4;
        double unit = reads.solved(NoisyReads.repeated(1, gate), false, false).columnCurrents.data[0];
        gate += Conditions.ROOM.thermalVoltage() / FLASH.kappa() * Math.log(1 * Si.nA / Math.abs(unit));
        DMatrixRMaj noise = reads.added(ReadNoise.over(50 * Si.ns), NoisyReads.repeated(VECTORS, gate), 0);
        double variance = NoisyReads.covariance(noise.data, noise.data);
        double electrons = 1 * Si.nA * 50 * Si.ns / Constants.ELEMENTARY_CHARGE;
        assertEquals(312, electrons, 0.5);
        assertEquals(1, variance / (1e-18 / electrons), SIX_SIGMA);
    }

    /** The aggregated noise of a column has the law of the sum of its cells' noise; p < 1e-7 once in 1e7 seeds. */
    @Test
    void aggregatedNoiseIsDistributedAsTheSumOverTheCells() {
        KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
        double[][] drives = {{0.30, 0.35, 0.20, 0.40}, {0.1, 0.3, -0.2, 0}};
        NoisyReads[] arrays = {ideal(FLASH, 4, 3, 0.5), ideal(BARRIERS, 4, 3, 0.05)};
        for (int k = 0; k < 2; k++) {
            DMatrixRMaj inputs = NoisyReads.repeated(4_000, drives[k]);
            DMatrixRMaj fast = arrays[k].added(new ReadNoise(1e6), inputs, 0);
            DMatrixRMaj slow = arrays[k].added(new ReadNoiseOfCells(1e6), inputs, 0);
            for (int j = 0; j < 3; j++) {
                double p = test.approximateP(
                        test.kolmogorovSmirnovStatistic(NoisyReads.column(fast, j), NoisyReads.column(slow, j)),
                        4_000,
                        4_000);
                assertTrue(p > 1e-7, "array " + k + ", column " + j + ": p = " + p);
            }
        }
    }

    @Test
    void theChargeOfAPhaseHasAVarianceInProportionToItsLength() {
        NoisyReads reads = ideal(BARRIERS, 4, 3, 0);
        DMatrixRMaj drives = NoisyReads.repeated(3, 0.1, 0.3, -0.2, 0);
        double[] durations = {1e-6, 4e-6, 0};
        Effect.Moment at = new Effect.Moment(5, new double[3], 0);
        DMatrixRMaj cut = reads.added(ReadNoise.integrating(), drives, durations, at);
        DMatrixRMaj whole = reads.added(new ReadNoise(1), drives, durations, at);
        for (int j = 0; j < 3; j++) {
            assertEquals(whole.get(0, j) * Math.sqrt(0.5 / 1e-6), cut.get(0, j), 1e-12 * Math.abs(cut.get(0, j)));
            assertEquals(whole.get(1, j) * Math.sqrt(0.5 / 4e-6), cut.get(1, j), 1e-12 * Math.abs(cut.get(1, j)));
            assertEquals(0.0, cut.get(2, j));
        }
    }

    /** Barriers with an open and a shorted cell: the column of the open one loses its noise, the other has a resistor's. */
    @Test
    void faultyCellsHaveTheNoiseOfWhatTheyAre() {
        CellFaults faults = CellFaults.none(2, 2).open(0, 0).shorted(1, 1).shortConductance(1e-3);
        CellState state = stored(BARRIERS, 2, 2);
        NoisyReads reads = new NoisyReads(new Crossbar(BARRIERS, state, Lines.ideal(2, 2), faults), Conditions.ROOM, 0);
        DMatrixRMaj density = new DMatrixRMaj(0, 0);
        DMatrixRMaj drives = NoisyReads.repeated(1, 0.2, 0.3);
        reads.array().cells().noiseDensity(drives, 0, new DMatrixRMaj(1, 2), density);
        double q = Constants.ELEMENTARY_CHARGE;
        double kt = Constants.BOLTZMANN * Conditions.ROOM.temperature();
        DMatrixRMaj g = state.plane("conductance");
        double left = barrier(g.get(1, 0), 0.3, q, kt);
        double right = barrier(g.get(0, 1), 0.2, q, kt) + 4 * kt * 1e-3;
        assertEquals(left, density.get(0, 0), 1e-12 * left);
        assertEquals(right, density.get(0, 1), 1e-12 * right);
        DMatrixRMaj noise = reads.added(new ReadNoise(1e6), NoisyReads.repeated(VECTORS, 0.2, 0.3), 0);
        double[] second = NoisyReads.column(noise, 1);
        assertEquals(1, NoisyReads.covariance(second, second) / (1e6 * right), SIX_SIGMA);
    }

    private static double barrier(double g, double v, double q, double kt) {
        return 2 * q * g / 4 * Math.sinh(4 * v) / Math.tanh(q * v / (2 * kt));
    }

    private static final Lines WIRES = Lines.builder(5, 4)
            .rowResistance(20)
            .columnResistance(30)
            .sourceResistance(300)
            .senseResistance(100)
            .build();

    /** The density in effect: one draw, known by its key, over its deviation. */
    private static double density(NoisyReads reads, int column) {
        ReadNoise effect = new ReadNoise(1);
        double drawn = reads.added(effect, new DMatrixRMaj(1, 5), 3).data[column];
        double deviation = drawn / NoisyReads.draws(effect).call(3).normals().at(column);
        return deviation * deviation;
    }

    /**
     * Thermal noise at a column: by superposition over all resistors, 4kTg of each cell by its adjoint response and 4kT/R of
     * each wire by what 1 V at the column leaves across it (reciprocity).
     */
    @Test
    void thermalNoiseThroughLinesIsTheSumOverAllResistors() {
        LinearReram law = new LinearReram(ConductanceWindow.of(1e-6, 1e-3));
        CellState state = stored(law, 5, 4);
        NoisyReads reads = NoisyReads.of(law, state, WIRES, 0);
        double fourKt = 4 * Constants.BOLTZMANN * Conditions.ROOM.temperature();
        double[] g = state.plane("conductance").data;
        for (int k = 0; k < 4; k++) {
            DMatrixRMaj unit = new DMatrixRMaj(1, 4);
            unit.data[k] = 1;
            DMatrixRMaj response = new DMatrixRMaj(1, 20);
            reads.array()
                    .adjoint(
                            reads.excitation(new DMatrixRMaj(1, 5)),
                            unit,
                            response,
                            reads.array().workspace());
            double sum = 0;
            for (int c = 0; c < 20; c++) {
                sum += fourKt * g[c] * response.data[c] * response.data[c];
            }
            Solution at = new Solution(true, false);
            reads.array()
                    .solve(
                            Excitation.rows(new DMatrixRMaj(1, 5), unit),
                            at,
                            reads.array().workspace());
            for (int i = 0; i < 5; i++) {
                double first = at.wordLines.data[4 * i];
                sum += fourKt * first * first / 320;
                for (int j = 1; j < 4; j++) {
                    double drop = at.wordLines.data[4 * i + j] - at.wordLines.data[4 * i + j - 1];
                    sum += fourKt * drop * drop / 20;
                }
            }
            for (int j = 0; j < 4; j++) {
                double last = unit.data[j] - at.bitLines.data[16 + j];
                sum += fourKt * last * last / 130;
                for (int i = 1; i < 5; i++) {
                    double drop = at.bitLines.data[4 * i + j] - at.bitLines.data[4 * (i - 1) + j];
                    sum += fourKt * drop * drop / 30;
                }
            }
            assertEquals(sum, density(reads, k), 1e-9 * sum);
            assertTrue(sum < density(ideal(law, 5, 4, 0), k));
        }
    }

    /**
     * Nyquist's theorem for a network of barriers at rest: cells drawn one by one, and wires, add up to 4kT times the
     * conductance of each column's terminal. Six standard deviations, 2e-9 for each of four.
     */
    @Test
    void nonlinearCellsBehindLinesAtRestHaveTheirTerminalsThermalNoise() {
        SinhReram barriers = new SinhReram(ConductanceWindow.of(1e-6, 1e-3), 4);
        NoisyReads reads = NoisyReads.of(barriers, stored(barriers, 5, 4), WIRES, 0);
        int vectors = 4_000;
        DMatrixRMaj noise = reads.added(new ReadNoise(1e6), new DMatrixRMaj(vectors, 5), 0);
        double[] slopes = reads.solved(new DMatrixRMaj(1, 5), false, true).columnSlopes.data;
        double fourKt = 4 * Constants.BOLTZMANN * Conditions.ROOM.temperature();
        for (int j = 0; j < 4; j++) {
            double[] column = NoisyReads.column(noise, j);
            double variance = NoisyReads.covariance(column, column);
            assertEquals(1, variance / (1e6 * fourKt * -slopes[j]), 6 * Math.sqrt(2.0 / vectors));
        }
    }

    /** Behind lines of next to no resistance, drawing cells at their operating point is the ideal array's noise. */
    @Test
    void linesOfLittleResistanceChangeNothing() {
        Lines fine =
                Lines.builder(4, 3).rowResistance(1e-3).columnResistance(1e-3).build();
        double[] drives = {0.30, 0.35, 0.20, 0.40};
        DMatrixRMaj inputs = NoisyReads.repeated(4_000, drives);
        NoisyReads lined = NoisyReads.of(FLASH, stored(FLASH, 4, 3), fine, 0.5);
        DMatrixRMaj noise = lined.added(new ReadNoise(1e6), inputs, 0);
        Solution solution = lined.solved(NoisyReads.repeated(1, drives), false, false);
        double[] other = NoisyReads.column(lined.added(new ReadNoise(1e6).withoutLines(), inputs, 0), 0);
        for (int j = 0; j < 3; j++) {
            double[] column = NoisyReads.column(noise, j);
            double shot = 2e6 * Constants.ELEMENTARY_CHARGE * Math.abs(solution.columnCurrents.data[j]);
            assertEquals(1, NoisyReads.covariance(column, column) / shot, 6 * Math.sqrt(2.0 / 4_000));
            if (j == 0) {
                assertEquals(1, NoisyReads.covariance(other, other) / shot, 6 * Math.sqrt(2.0 / 4_000));
            }
        }
    }

    @Test
    void noiseIsTheSameWhereverTheBatchIsCut() {
        NoisyReads reads = NoisyReads.of(BARRIERS, stored(BARRIERS, 5, 4), WIRES, 0);
        DMatrixRMaj drives = NoisyReads.repeated(4, 0.1, 0.2, 0.3, -0.1, 0);
        DMatrixRMaj whole = reads.added(new ReadNoise(1e6), drives, 10);
        DMatrixRMaj last = reads.added(new ReadNoise(1e6), NoisyReads.repeated(1, 0.1, 0.2, 0.3, -0.1, 0), 13);
        double[] end = new double[4];
        System.arraycopy(whole.data, 12, end, 0, 4);
        assertArrayEquals(end, last.data, 1e-9 * Math.abs(end[0]));
    }

    /**
     * Columns share rows whose driver they pull on. Of cells of about 2 kΩ on wires of 1 Ω and drivers of 100 Ω, which
     * take more than half of the drive, the correlation left out between columns of linear arrays is still below 100 Ω/2 kΩ.
     */
    @Test
    void columnsOfLinearCellsAreHardlyCorrelated() {
        LinearReram law = new LinearReram(ConductanceWindow.of(1e-5, 1e-3));
        int size = 32;
        Lines wires = Lines.builder(size, size)
                .rowResistance(1)
                .columnResistance(1)
                .sourceResistance(100)
                .build();
        NoisyReads reads = NoisyReads.of(law, stored(law, size, size), wires, 0);
        DMatrixRMaj unit = new DMatrixRMaj(size, size);
        for (int j = 0; j < size; j++) {
            unit.set(j, j, 1);
        }
        Solution solution = new Solution();
        reads.array()
                .solve(
                        Excitation.rows(new DMatrixRMaj(size, size), unit),
                        solution,
                        reads.array().workspace());
        double largest = 0;
        for (int j = 0; j < size; j++) {
            for (int k = 0; k < j; k++) {
                double g = solution.columnCurrents.get(j, k);
                largest = Math.max(
                        largest,
                        Math.abs(g) / Math.sqrt(solution.columnCurrents.get(j, j) * solution.columnCurrents.get(k, k)));
            }
        }
        assertTrue(largest < 0.05, "correlation " + largest);
    }

    /** A floating row joins its cells: between two columns the noise is that of both in series. */
    @Test
    void cellsOfAFloatingRowHaveTheNoiseOfTheirSeries() {
        double fourKt = 4 * Constants.BOLTZMANN * Conditions.ROOM.temperature();
        LinearReram ohmic = new LinearReram(ConductanceWindow.of(1e-6, 100e-6));
        for (CellLaw law : new CellLaw[] {ohmic, BARRIERS}) {
            CellState state = stored(law, 2, 2);
            NoisyReads reads = NoisyReads.of(law, state, Lines.ideal(2, 2), 0);
            Excitation excitation = reads.excitation(new DMatrixRMaj(VECTORS, 2))
                    .withRows(Connections.all(2).floating(0));
            double[] durations = new double[VECTORS];
            DMatrixRMaj noise = reads.added(
                    new ReadNoise(1e6), excitation, durations, new Effect.Moment(0, new double[VECTORS], 0));
            double[] g = state.plane("conductance").data;
            for (int j = 0; j < 2; j++) {
                double[] column = NoisyReads.column(noise, j);
                double expected = fourKt * 1e6 * (g[0] * g[1] / (g[0] + g[1]) + g[2 + j]);
                assertEquals(1, NoisyReads.covariance(column, column) / expected, SIX_SIGMA);
            }
        }
    }

    /** All noise of cells is the same, whichever way the array is solved. */
    @Test
    void theTransferMatrixLetsOutTheSameNoise() {
        LinearReram law = new LinearReram(ConductanceWindow.of(1e-6, 1e-3));
        Crossbar crossbar = new Crossbar(law, stored(law, 5, 4), WIRES, CellFaults.none(5, 4));
        NoisyReads schur = new NoisyReads(crossbar, Conditions.ROOM, 0);
        NoisyReads matrix = new NoisyReads(new TransferMatrixSolver(new SchurSolver()), crossbar, Conditions.ROOM, 0);
        DMatrixRMaj drives = NoisyReads.repeated(3, 0.1, 0.2, 0.3, -0.1, 0);
        FlickerNoise flicker = FlickerNoise.of(new FlickerSpectrum(1e-4, 1, 1e6));
        for (Effect.OnRead effect : List.of(
                new ReadNoise(1e6),
                new ReadNoiseOfCells(1e6),
                flicker,
                flicker.ofEachCell(),
                TelegraphNoise.builder(1, 1, 1).build())) {
            double[] a = schur.added(effect, drives, 0).data;
            double[] b = matrix.added(effect, drives, 0).data;
            double largest = Arrays.stream(a).map(Math::abs).max().orElseThrow();
            assertTrue(largest > 0, effect.id());
            assertArrayEquals(a, b, 1e-10 * largest, effect.id());
        }
    }
}
