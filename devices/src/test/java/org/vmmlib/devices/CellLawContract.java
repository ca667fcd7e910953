package org.vmmlib.devices;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellLaw;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.random.RandomStreams;

/** What every cell law must keep. */
public abstract class CellLawContract {

    /** One operating point of a cell. */
    public record Point(double gate, double row, double column) {}

    /** The law under test. */
    protected abstract CellLaw law();

    /** Line voltages to try, in rising order, over the law's range. */
    protected abstract double[] voltages();

    /** Gate voltages to try, in rising order; one of any value for source-driven laws. */
    protected abstract double[] gates();

    /** Where the current of a cell is read when it is tuned. */
    protected abstract Point read();

    /** Whether the law has a drain voltage at which there is no current. */
    protected boolean stopsWithoutVoltage() {
        return true;
    }

    /** Whether more row voltage never means less current, nor more column voltage more. */
    protected boolean isMonotone() {
        return stopsWithoutVoltage();
    }

    /** What a cell's current counts as when weights are compared; its magnitude unless weights have signs. */
    protected double signal(double current) {
        return Math.abs(current);
    }

    /** Conditions to try. */
    protected List<Conditions> conditions() {
        return List.of(Conditions.ROOM, Conditions.ROOM.atTemperature(253.15), Conditions.ROOM.atTemperature(358.15));
    }

    private static final double[] WEIGHTS = {1, 0.7, 0.25, 1e-2, 1e-4, 0};

    private CellState stored() {
        return law().store(new DMatrixRMaj(1, WEIGHTS.length, true, WEIGHTS), Conditions.ROOM);
    }

    @Test
    void slopesAreTheDerivativesOfTheCurrent() {
        // Five-point differences: truncation (h/U_t)^4/30 = 5e-13, more where a channel past pinch-off is steeper than
        // e^(V/U_t), and rounding 1e-16 U_t/h = 5e-14, relative.
        double h = 5e-5;
        for (Conditions conditions : conditions()) {
            ArrayCells cells = law().bind(stored(), conditions);
            Row row = new Row(cells.columns());
            for (double gate : gates()) {
                for (double vRow : voltages()) {
                    for (double vColumn : voltages()) {
                        row.at(cells, gate, vRow, vColumn);
                        double[] slopeRow = row.slopeRow.clone();
                        double[] slopeColumn = row.slopeColumn.clone();
                        for (int j = 0; j < cells.columns(); j++) {
                            double scale = Math.abs(slopeRow[j]) + Math.abs(slopeColumn[j]);
                            double byRow = row.difference(cells, gate, vRow, vColumn, h, 0, j);
                            double byColumn = row.difference(cells, gate, vRow, vColumn, 0, h, j);
                            String where = String.format(
                                    Locale.ROOT, "gate %s, row %s, column %s, cell %d", gate, vRow, vColumn, j);
                            assertEquals(byRow, slopeRow[j], 1e-6 * scale, where);
                            assertEquals(byColumn, slopeColumn[j], 1e-6 * scale, where);
                            if (law().twoTerminal()) {
                                assertEquals(slopeRow[j], -slopeColumn[j], 0.0, where);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void noVoltageAcrossTheCellMeansNoCurrent() {
        assumeTrue(stopsWithoutVoltage());
        ArrayCells cells = law().bind(stored(), Conditions.ROOM);
        Row row = new Row(cells.columns());
        for (double gate : gates()) {
            for (double v : voltages()) {
                row.at(cells, gate, v, v);
                for (double i : row.current) {
                    assertEquals(0, i, 0.0);
                }
            }
        }
    }

    @Test
    void aGateThatIsOffCarriesExactlyNothing() {
        assumeTrue(law().topology() == Topology.GATE_DRIVEN);
        ArrayCells cells = law().bind(stored(), Conditions.ROOM);
        Row row = new Row(cells.columns());
        for (double vRow : voltages()) {
            for (double vColumn : voltages()) {
                row.at(cells, Double.NEGATIVE_INFINITY, vRow, vColumn);
                for (int j = 0; j < cells.columns(); j++) {
                    assertEquals(0.0, row.current[j]);
                    assertEquals(0.0, row.slopeRow[j]);
                    assertEquals(0.0, row.slopeColumn[j]);
                }
            }
        }
    }

    @Test
    void currentNeverFallsWithTheRowVoltageNorRisesWithTheColumnVoltage() {
        assumeTrue(isMonotone());
        ArrayCells cells = law().bind(stored(), Conditions.ROOM);
        Row row = new Row(cells.columns());
        for (double gate : gates()) {
            for (double fixed : voltages()) {
                double[] lastByRow = filled(cells.columns(), Double.NEGATIVE_INFINITY);
                double[] lastByColumn = filled(cells.columns(), Double.POSITIVE_INFINITY);
                for (double v : voltages()) {
                    row.at(cells, gate, v, fixed);
                    for (int j = 0; j < cells.columns(); j++) {
                        assertTrue(row.slopeRow[j] >= 0 && row.slopeColumn[j] <= 0);
                        assertTrue(row.current[j] >= lastByRow[j]);
                    }
                    lastByRow = row.current.clone();
                    row.at(cells, gate, fixed, v);
                    for (int j = 0; j < cells.columns(); j++) {
                        assertTrue(row.current[j] <= lastByColumn[j]);
                    }
                    lastByColumn = row.current.clone();
                }
            }
        }
    }

    @Test
    void lawIsFiniteWhereverAnIterationTriesIt() {
        ArrayCells cells = law().bind(stored(), Conditions.ROOM);
        Row row = new Row(cells.columns());
        double[] wild = {-1e4, -150, -30, -3, 0, 3, 30, 150, 1e4};
        for (double gate : gates()) {
            for (double vRow : wild) {
                for (double vColumn : wild) {
                    row.at(cells, gate, vRow, vColumn);
                    for (int j = 0; j < cells.columns(); j++) {
                        assertTrue(Double.isFinite(row.current[j]));
                        assertTrue(Double.isFinite(row.slopeRow[j]) && row.slopeRow[j] >= 0);
                        assertTrue(Double.isFinite(row.slopeColumn[j]));
                    }
                }
            }
        }
    }

    @Test
    void rowEqualsItsCellsOneByOne() {
        DMatrixRMaj weights = new DMatrixRMaj(3, 37);
        RandomStreams.of(41).stream("contract", 0).uniforms(0, weights.data, 0, weights.data.length);
        CellState state = law().store(weights, Conditions.ROOM);
        ArrayCells cells = law().bind(state, Conditions.ROOM);
        double[] voltages = voltages();
        Row row = new Row(37);
        Row single = new Row(1);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 37; j++) {
                row.vRow[j] = voltages[(7 * j + i) % voltages.length];
                row.vColumn[j] = voltages[(3 * j + 2 * i) % voltages.length];
            }
            double gate = gates()[i % gates().length];
            row.evaluate(cells, i, gate);
            for (int j = 0; j < 37; j++) {
                ArrayCells one = law().bind(cell(state, i, j), Conditions.ROOM);
                single.at(one, gate, row.vRow[j], row.vColumn[j]);
                assertEquals(single.current[0], row.current[j]);
                assertEquals(single.slopeRow[0], row.slopeRow[j]);
                assertEquals(single.slopeColumn[0], row.slopeColumn[j]);
            }
        }
    }

    private static CellState cell(CellState state, int i, int j) {
        DMatrixRMaj[] values = new DMatrixRMaj[state.planes().size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = new DMatrixRMaj(1, 1);
            values[k].data[0] = state.plane(state.planes().get(k).name()).get(i, j);
        }
        return new CellState(state.planes(), values);
    }

    @Test
    void cellsProgrammedAtOneTemperatureKeepTheirOrderAtAnother() {
        for (Conditions programmed : conditions()) {
            CellState state = law().store(new DMatrixRMaj(1, WEIGHTS.length, true, WEIGHTS), programmed);
            for (Conditions conditions : conditions()) {
                ArrayCells cells = law().bind(state, conditions);
                Row row = new Row(cells.columns());
                row.at(cells, read().gate(), read().row(), read().column());
                for (int j = 0; j < cells.columns(); j++) {
                    assertTrue(Double.isFinite(row.current[j]));
                    assertTrue(j == 0 || signal(row.current[j]) <= signal(row.current[j - 1]), "cell " + j);
                }
                if (stopsWithoutVoltage()) {
                    row.at(cells, read().gate(), read().column(), read().column());
                    for (double i : row.current) {
                        assertEquals(0, i, 0.0);
                    }
                }
            }
        }
    }

    @Test
    void deviatedCellsReadOffByTheirError() {
        // 0.7 is inside every window by more than the errors; the others may touch an edge.
        for (Conditions conditions : conditions()) {
            double[] errors = {-0.3, -0.01, 0, 1e-6, 0.01, 0.2};
            DMatrixRMaj weights = new DMatrixRMaj(1, errors.length);
            CommonOps_DDRM.fill(weights, 0.7);
            CellState target = law().store(weights, conditions);
            CellState deviated = law().deviate(target, new DMatrixRMaj(1, errors.length, true, errors), conditions);
            Row exact = new Row(errors.length);
            Row off = new Row(errors.length);
            exact.at(law().bind(target, conditions), read().gate(), read().row(), read().column());
            off.at(law().bind(deviated, conditions), read().gate(), read().row(), read().column());
            for (int j = 0; j < errors.length; j++) {
                assertEquals(1 + errors[j], off.current[j] / exact.current[j], 1e-9);
            }
        }
    }

    @Test
    void storedWeightsOrderTheCurrentsAndFillTheWindow() {
        ArrayCells cells = law().bind(stored(), Conditions.ROOM);
        Row row = new Row(cells.columns());
        row.at(cells, read().gate(), read().row(), read().column());
        for (int j = 1; j < WEIGHTS.length; j++) {
            assertTrue(signal(row.current[j]) < signal(row.current[j - 1]));
        }
        StatePlane plane = law().planes().get(0);
        double zero = stored().plane(plane.name()).get(0, WEIGHTS.length - 1);
        assertTrue(zero == plane.low() || zero == plane.high(), "a weight of 0 is an end of the window");
        DMatrixRMaj wild = new DMatrixRMaj(1, 2, true, new double[] {1e9, -0.999999999});
        DMatrixRMaj ends = new DMatrixRMaj(1, 2, true, new double[] {1, 0});
        DMatrixRMaj clipped = law().deviate(law().store(ends, Conditions.ROOM), wild, Conditions.ROOM)
                .plane(plane.name());
        for (double value : clipped.data) {
            assertTrue(value >= plane.low() && value <= plane.high());
        }
    }

    @Test
    void evaluationAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(threads.isThreadAllocatedMemorySupported());
        ArrayCells cells = law().bind(stored(), Conditions.ROOM);
        Row row = new Row(cells.columns());
        Arrays.fill(row.vColumn, read().column());
        double gate = read().gate();
        long least = Long.MAX_VALUE;
        for (int repeat = 0; repeat < 5; repeat++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int k = 0; k < 10_000; k++) {
                row.evaluate(cells, 0, gate);
            }
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        assertTrue(least < 10_000, "10,000 evaluations allocated " + least + " bytes");
    }

    @Test
    void noiseIsFiniteAndNotNegative() {
        ArrayCells cells = law().bind(stored(), Conditions.ROOM);
        Row row = new Row(cells.columns());
        double[] density = new double[cells.columns()];
        for (double gate : gates()) {
            for (double vRow : voltages()) {
                for (double vColumn : voltages()) {
                    row.at(cells, gate, vRow, vColumn);
                    cells.noise(0, gate, row.vRow, row.vColumn, density);
                    for (double value : density) {
                        assertTrue(value >= 0 && Double.isFinite(value));
                    }
                }
            }
        }
        if (law().topology() == Topology.GATE_DRIVEN) {
            Arrays.fill(density, 1);
            cells.noise(0, Double.NEGATIVE_INFINITY, row.vRow, row.vColumn, density);
            assertArrayEquals(new double[density.length], density);
        }
    }

    /** Nyquist's theorem: a cell without current has the thermal noise of its conductance. */
    @Test
    void withoutVoltageTheNoiseIsThermal() {
        assumeTrue(stopsWithoutVoltage());
        for (Conditions conditions : conditions()) {
            ArrayCells cells = law().bind(stored(), conditions);
            Row row = new Row(cells.columns());
            double[] density = new double[cells.columns()];
            for (double gate : gates()) {
                for (double v : new double[] {0, 0.05}) {
                    row.at(cells, gate, v, v);
                    cells.noise(0, gate, row.vRow, row.vColumn, density);
                    for (int j = 0; j < density.length; j++) {
                        double thermal = 4 * Constants.BOLTZMANN * conditions.temperature() * row.slopeRow[j];
                        assertEquals(thermal, density[j], 1e-9 * thermal, "gate " + gate + ", cell " + j);
                    }
                }
            }
        }
    }

    @Test
    void noiseOfColumnsIsTheSumOverTheirCells() {
        DMatrixRMaj weights = new DMatrixRMaj(5, 7);
        RandomStreams.of(43).stream("contract", 0).uniforms(0, weights.data, 0, weights.data.length);
        ArrayCells cells = law().bind(law().store(weights, Conditions.ROOM), Conditions.ROOM);
        boolean gated = law().topology() == Topology.GATE_DRIVEN;
        assertEquals(law().topology(), cells.topology());
        double held = read().column() + 0.05;
        double[] choice = gated ? gates() : voltages();
        DMatrixRMaj drives = new DMatrixRMaj(3, 5);
        for (int k = 0; k < drives.data.length; k++) {
            drives.data[k] = choice[(3 * k) % choice.length];
        }
        if (gated) {
            drives.data[7] = Double.NEGATIVE_INFINITY;
        }
        DMatrixRMaj currents = new DMatrixRMaj(3, 7);
        DMatrixRMaj sums = new DMatrixRMaj(3, 7);
        Row row = new Row(7);
        double[] ofRow = new double[7];
        for (int b = 0; b < 3; b++) {
            for (int i = 0; i < 5; i++) {
                double drive = drives.get(b, i);
                Arrays.fill(row.vRow, gated ? 0 : drive);
                Arrays.fill(row.vColumn, held);
                row.evaluate(cells, i, drive);
                cells.noise(i, drive, row.vRow, row.vColumn, ofRow);
                for (int j = 0; j < 7; j++) {
                    currents.data[7 * b + j] += row.current[j];
                    sums.data[7 * b + j] += ofRow[j];
                }
            }
        }
        DMatrixRMaj density = new DMatrixRMaj(0, 0);
        cells.noiseDensity(drives, held, currents, density);
        assertEquals(3, density.numRows);
        for (int k = 0; k < 21; k++) {
            assertEquals(sums.data[k], density.data[k], 1e-12 * sums.data[k]);
        }
    }

    @Test
    void onlyOhmicCellsCallThemselvesLinear() {
        ArrayCells cells = law().bind(stored(), Conditions.ROOM);
        Row one = new Row(cells.columns());
        Row two = new Row(cells.columns());
        one.at(cells, read().gate(), 0.2, 0);
        two.at(cells, read().gate(), 0.4, 0);
        boolean linear =
                Math.abs(two.current[0] / one.current[0] - 2) < 1e-12 && law().topology() == Topology.SOURCE_DRIVEN;
        assertEquals(linear, cells instanceof LinearCells);
    }

    @Test
    void datasheetGivesEveryValueASource() {
        Datasheet sheet = law().datasheet();
        assertFalse(sheet.title().isBlank());
        assertFalse(sheet.entries().isEmpty());
        for (Datasheet.Entry entry : sheet.entries()) {
            assertFalse(entry.parameter().isBlank());
            assertFalse(entry.source().isBlank(), entry.parameter());
            assertFalse(Double.isNaN(entry.value()), entry.parameter());
        }
    }

    @Test
    void everyImperfectionCanBeRemovedAlone() {
        for (Imperfection imperfection : law().imperfections()) {
            assertFalse(imperfection.description().isBlank());
            List<String> left = law().without(imperfection.id()).imperfections().stream()
                    .map(Imperfection::id)
                    .toList();
            assertEquals(law().imperfections().size() - 1, left.size());
            assertFalse(left.contains(imperfection.id()));
        }
        assertTrue(Block.ideal(law()).imperfections().isEmpty());
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> law().without("no.such"));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("imperfection = no.such"));
    }

    @Test
    void badInputIsRefusedByName() {
        DMatrixRMaj two = new DMatrixRMaj(1, 1, true, new double[] {2});
        DMatrixRMaj nan = new DMatrixRMaj(1, 1, true, new double[] {Double.NaN});
        assertRefused("weights[0,0] = 2.0", () -> law().store(two, Conditions.ROOM));
        assertRefused("weights[0,0] = NaN", () -> law().store(nan, Conditions.ROOM));
        CellState state = stored();
        DMatrixRMaj gone = new DMatrixRMaj(1, WEIGHTS.length);
        gone.data[2] = -1;
        assertRefused("relativeError[0,2] = -1.0", () -> law().deviate(state, gone, Conditions.ROOM));
        assertRefused("relativeError is 2 x 2", () -> law().deviate(state, new DMatrixRMaj(2, 2), Conditions.ROOM));
        CellState alien = new CellState(List.of(new StatePlane("colour", "", 0, 1)), new DMatrixRMaj(1, 1));
        assertRefused("state has planes", () -> law().bind(alien, Conditions.ROOM));
    }

    protected static void assertRefused(String start, org.junit.jupiter.api.function.Executable action) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, action).getMessage());
        assertTrue(message.startsWith(start), message);
    }

    private static double[] filled(int count, double value) {
        double[] out = new double[count];
        Arrays.fill(out, value);
        return out;
    }

    /** Arrays of one row evaluation. */
    public static final class Row {
        public final double[] vRow;
        public final double[] vColumn;
        public final double[] current;
        public final double[] slopeRow;
        public final double[] slopeColumn;

        /** Arrays for a number of columns. */
        public Row(int columns) {
            vRow = new double[columns];
            vColumn = new double[columns];
            current = new double[columns];
            slopeRow = new double[columns];
            slopeColumn = new double[columns];
        }

        /** Evaluates a row at the voltages in the arrays. */
        public void evaluate(ArrayCells cells, int row, double gate) {
            cells.evaluate(row, gate, vRow, vColumn, current, slopeRow, slopeColumn);
        }

        /** Evaluates row 0 with the same voltages at every cell. */
        public void at(ArrayCells cells, double gate, double row, double column) {
            Arrays.fill(vRow, row);
            Arrays.fill(vColumn, column);
            evaluate(cells, 0, gate);
        }

        double difference(
                ArrayCells cells, double gate, double row, double column, double dRow, double dColumn, int j) {
            double[] weights = {1, -8, 8, -1};
            int[] steps = {-2, -1, 1, 2};
            double sum = 0;
            for (int k = 0; k < 4; k++) {
                at(cells, gate, row + steps[k] * dRow, column + steps[k] * dColumn);
                sum += weights[k] * current[j];
            }
            return sum / (12 * (dRow + dColumn));
        }
    }
}
