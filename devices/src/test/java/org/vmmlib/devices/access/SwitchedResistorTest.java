package org.vmmlib.devices.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.CellLawContract;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.transistor.MosChannel;
import org.vmmlib.devices.transistor.MosTransistor;

/** The passive 1T1R cell, its input on the rows. */
class SwitchedResistorTest extends CellLawContract {

    static final ConductanceWindow WINDOW = ConductanceWindow.of(1e-6, 2e-4);

    static MosTransistor transistor() {
        return MosTransistor.builder()
                .specificCurrent(2 * Si.uA)
                .dibl(0.03)
                .thresholdDrift(-1e-3)
                .build();
    }

    @Override
    protected SwitchedResistor law() {
        return SwitchedResistor.builder(WINDOW, transistor()).build();
    }

    @Override
    protected double[] voltages() {
        return new double[] {-0.3, -0.1, -0.02, 0, 0.003, 0.01, 0.1, 0.5, 0.8};
    }

    @Override
    protected double[] gates() {
        return new double[] {0};
    }

    @Override
    protected Point read() {
        return new Point(0, 0.2, 0);
    }

    @Test
    void channelAndResistorCarryTheSameCurrent() {
        // The inner node found by bracketing on the textbook law, the channel's charges by its own bracketing.
        double ut = Conditions.ROOM.thermalVoltage();
        for (boolean atRow : new boolean[] {false, true}) {
            SwitchedResistor law = law().toBuilder().resistorAtRow(atRow).build();
            double[] conductances = {1e-6, 1e-5, 2e-4};
            ArrayCells cells = law.bind(law.state(new DMatrixRMaj(1, 3, true, conductances)), Conditions.ROOM);
            Row row = new Row(3);
            for (double[] ends : new double[][] {{0.2, 0}, {-0.2, 0.05}, {0.9, 0.1}, {0, 0.7}, {0.01, 0.0101}}) {
                row.at(cells, 0, ends[0], ends[1]);
                double a = atRow ? ends[0] : ends[1];
                double b = atRow ? ends[1] : ends[0];
                for (int j = 0; j < 3; j++) {
                    double g = conductances[j];
                    double low = Math.min(a, b);
                    double high = Math.max(a, b);
                    for (int k = 0; k < 200; k++) {
                        double x = (low + high) / 2;
                        boolean above = channel(2e-6, 1.2 - 0.4, x, b, ut) > g * (a - x);
                        low = above ? low : x;
                        high = above ? x : high;
                    }
                    // Rounding of the node: the stiffer part's current feels it most.
                    double ofResistor = g * (a - low);
                    double ofChannel = channel(2e-6, 1.2 - 0.4, low, b, ut);
                    double expected =
                            (atRow ? 1 : -1) * (Math.abs(a - low) > Math.abs(low - b) ? ofResistor : ofChannel);
                    assertEquals(1, row.current[j] / expected, 1e-10, atRow + " " + g + " " + ends[0]);
                }
            }
        }
    }

    /** Current from drain to source, κ = 0.7, σ = 0.03, charges by fixed-point iteration in logarithms. */
    private static double channel(double specific, double overdrive, double drain, double source, double ut) {
        double pinchOff = 0.7 * (overdrive + 0.03 * (Math.hypot(drain - source, ut) - ut));
        double f = charge((pinchOff - source) / ut);
        double r = charge((pinchOff - drain) / ut);
        return specific * (f - r) * (1 + f + r);
    }

    private static double charge(double v) {
        double logQ = v < 0 ? v : Math.log(v / 2 + 0.1);
        for (int k = 0; k < 60; k++) {
            double q = Math.exp(logQ);
            logQ -= (2 * q + logQ - v) / (2 * q + 1);
        }
        return Math.exp(logQ);
    }

    @Test
    void deepTriodeIsTheSumOfTwoResistances() {
        // At small voltages the channel is a resistance U_t/(I_spec q), 2q + ln q = κ(V_G − V_T)/U_t.
        double ut = Conditions.ROOM.thermalVoltage();
        double on = 2e-6 / ut * charge(0.7 * 0.8 / ut);
        SwitchedResistor law = law();
        Row row = new Row(1);
        for (double g : new double[] {1e-6, 1e-5, 2e-4}) {
            row.at(law.bind(law.state(new DMatrixRMaj(1, 1, true, new double[] {g})), Conditions.ROOM), 0, 1e-6, 0);
            assertEquals(1, row.current[0] / 1e-6 * (1 / g + 1 / on), 1e-4);
        }
    }

    @Test
    void idealSwitchLeavesTheResistor() {
        SwitchedResistor ideal = law().without("1t1r.channel");
        CellState state = ideal.store(new DMatrixRMaj(1, 1, true, new double[] {0.5}), Conditions.ROOM);
        assertTrue(ideal.bind(state, Conditions.ROOM) instanceof LinearCells);
        assertEquals((1e-6 + 2e-4) / 2, state.plane("conductance").data[0], 1e-18);
        SwitchedResistor gated = ideal.toBuilder().inputOnGates().build();
        ArrayCells cells = gated.bind(state, Conditions.ROOM);
        Row row = new Row(1);
        row.at(cells, 0.39, 0, 0.2);
        assertEquals(0.0, Math.abs(row.current[0]));
        row.at(cells, 0.41, 0, 0.2);
        assertEquals(-0.2 * (1e-6 + 2e-4) / 2, row.current[0], 1e-18);
    }

    @Test
    void unitSignalIsTheSpanOfTheTunedCurrents() {
        SwitchedResistor gated = law().toBuilder().inputOnGates().build();
        CellState state = gated.store(new DMatrixRMaj(1, 3, true, new double[] {0, 0.3, 1}), Conditions.ROOM);
        Row row = new Row(3);
        row.at(gated.bind(state, Conditions.ROOM), 1.2, 0, 0.2);
        double unit = gated.unitSignal(DriveKind.GATE_VOLTAGE, 1.2, 0.2, Conditions.ROOM);
        assertEquals(unit, row.current[0] - row.current[2], 1e-12 * unit);
        assertEquals(0.3 * unit, row.current[0] - row.current[1], 1e-9 * unit);
        row.at(law().bind(state, Conditions.ROOM), 0, 0.2, 0);
        double byRow = law().unitSignal(DriveKind.ROW_VOLTAGE, 0.2, 0, Conditions.ROOM);
        assertEquals(byRow, row.current[2] - row.current[0], 1e-12 * byRow);
        assertRefused("kind = ROW_VOLTAGE", () -> gated.unitSignal(DriveKind.ROW_VOLTAGE, 1, 0, Conditions.ROOM));
        assertRefused("kind = GATE_VOLTAGE", () -> law().unitSignal(DriveKind.GATE_VOLTAGE, 1, 0, Conditions.ROOM));
    }

    @Test
    void equilibriumNoiseIsThatOfTheWholeConductance() {
        // Nyquist: whatever resistor and channel are, 4kT times their conductance in series.
        SwitchedResistor law = law();
        ArrayCells cells = law.bind(law.state(new DMatrixRMaj(1, 2, true, new double[] {1e-6, 2e-4})), Conditions.ROOM);
        Row row = new Row(2);
        row.at(cells, 0, 0.1, 0.1);
        DMatrixRMaj density = new DMatrixRMaj(1, 1);
        cells.noiseDensity(new DMatrixRMaj(1, 1, true, new double[] {0.1}), 0.1, new DMatrixRMaj(1, 2), density);
        for (int j = 0; j < 2; j++) {
            double expected = 4 * Constants.BOLTZMANN * Conditions.ROOM.temperature() * row.slopeRow[j];
            assertEquals(1, density.data[j] / expected, 1e-12);
        }
    }

    @Test
    void inverseOfTheChannelIsItsInverse() {
        for (boolean inversion : new boolean[] {true, false}) {
            MosChannel channel = transistor().at(Conditions.ROOM).law(inversion, true, 0.2);
            for (double gate : new double[] {0, 0.4, 1}) {
                double pinchOff = channel.pinchOff(gate);
                for (double part : new double[] {1e-3, 0.3, 0.99}) {
                    double current = part * channel.current(pinchOff, 0.1, 0.6);
                    double drain = channel.drainAt(pinchOff, 0.1, current, 0.6);
                    assertEquals(1, channel.current(pinchOff, 0.1, drain) / current, 1e-10);
                    double source = channel.sourceAt(pinchOff, 0.6, current);
                    assertEquals(1, channel.current(pinchOff, source, 0.6) / current, 1e-10);
                }
                assertEquals(0.6, channel.drainAt(pinchOff, 0.1, 1e6, 0.6));
            }
        }
    }

    @Test
    void badParametersAreRefusedByName() {
        assertRefused("gate = 0.3", () -> law().toBuilder().gate(0.3).build());
        assertRefused("gate = NaN", () -> law().toBuilder().gate(Double.NaN));
        assertRefused("readVoltage = 0.0", () -> law().toBuilder().readVoltage(0));
        assertRefused(
                "source = x",
                () -> SwitchedResistor.builder(WINDOW, transistor()).from("x"));
        assertRefused("kappa = 2.0", () -> MosTransistor.builder().kappa(2));
        assertRefused("specificCurrent = 0.0", () -> MosTransistor.builder().specificCurrent(0));
        assertRefused("dibl = -0.1", () -> MosTransistor.builder().dibl(-0.1));
        assertRefused("source = x", () -> MosTransistor.builder().from("x"));
        assertRefused(
                "window = any",
                () -> SwitchedResistor.builder(ConductanceWindow.any(), transistor())
                        .build()
                        .store(new DMatrixRMaj(1, 1), Conditions.ROOM));
        assertRefused("conductance[0,0] = 1.0", () -> law().state(new DMatrixRMaj(1, 1, true, new double[] {1})));
    }

    @Test
    void publishedCellShowsItsWindow() {
        SwitchedResistor cell = SwitchedResistor.hafnia();
        double[] ends = cell.resistor()
                .ends(transistor().toBuilder().build().at(Conditions.ROOM).law(true, true, 0));
        assertTrue(ends[1] > ends[0]);
        CellState state = cell.store(new DMatrixRMaj(1, 2, true, new double[] {0, 1}), Conditions.ROOM);
        Row row = new Row(2);
        row.at(cell.bind(state, Conditions.ROOM), 0, 0.2, 0);
        // The channel takes 1 to 5 % of the largest conductance.
        assertEquals(0.97, row.current[1] / 0.2 / 225e-6, 0.02);
    }
}
