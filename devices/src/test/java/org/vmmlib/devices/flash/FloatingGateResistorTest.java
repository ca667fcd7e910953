package org.vmmlib.devices.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.CellLawContract;

/** The floating-gate transistor between row and column. */
class FloatingGateResistorTest extends CellLawContract {

    @Override
    protected FloatingGateResistor law() {
        return FloatingGateResistor.esf3Nor55();
    }

    @Override
    protected double[] voltages() {
        return new double[] {-0.3, -0.1, -0.02, 0, 0.003, 0.01, 0.1, 0.3, 0.5};
    }

    @Override
    protected double[] gates() {
        return new double[] {0};
    }

    @Override
    protected Point read() {
        return new Point(0, 0.05, 0);
    }

    @Test
    void tunedCellsAreResistorsAtTheReadVoltage() {
        FloatingGateResistor law = law();
        double[] weights = {1, 0.5, 0.1, 0.01};
        CellState state = law.store(new DMatrixRMaj(1, 4, true, weights), Conditions.ROOM);
        Row row = new Row(4);
        row.at(law.bind(state, Conditions.ROOM), 0, 0.05, 0);
        LinearCells linear = (LinearCells) law.without("fg.channel").bind(state, Conditions.ROOM);
        for (int j = 0; j < 4; j++) {
            assertEquals(1, row.current[j] / (weights[j] * 10e-6 * 0.05), 1e-10);
            assertEquals(1, linear.conductances().data[j] / (weights[j] * 10e-6), 1e-10);
        }
        assertEquals(10e-6 * 0.02, law.unitSignal(DriveKind.ROW_VOLTAGE, 0.02, 0, Conditions.ROOM), 1e-18);
    }

    @Test
    void weakInversionSaturatesAsOneMinusTheExponentialOfTheVoltage() {
        // Without DIBL, far below the specific current: I(V)/I(V') = (1 − e^(−V/U_t))/(1 − e^(−V'/U_t)).
        FloatingGateCell cell =
                FloatingGateCell.chargeBased().window(-0.25, 1.2).build();
        FloatingGateResistor law =
                FloatingGateResistor.builder(cell).highestConductance(1e-11).build();
        ArrayCells cells =
                law.bind(law.store(new DMatrixRMaj(1, 1, true, new double[] {1}), Conditions.ROOM), Conditions.ROOM);
        double ut = Conditions.ROOM.thermalVoltage();
        Row row = new Row(1);
        for (double v : new double[] {-0.01, 0.001, 0.02, 0.1, 0.4}) {
            row.at(cells, 0, v, 0);
            assertEquals(1e-11 * 0.05 * Math.expm1(-v / ut) / Math.expm1(-0.05 / ut), row.current[0], 1e-16);
        }
    }

    @Test
    void strongInversionIsATriode() {
        // I_spec/(4 U_t²) ((V_P − V_S)² − (V_P − V_D)²), to the logarithm's share of the charge.
        FloatingGateResistor law = FloatingGateResistor.builder(
                        FloatingGateCell.chargeBased().build())
                .readGate(20)
                .build();
        CellState state = new CellState(law.planes(), new DMatrixRMaj(1, 1));
        Row row = new Row(1);
        double ut = Conditions.ROOM.thermalVoltage();
        double pinchOff = 0.7 * 19.2;
        row.at(law.bind(state, Conditions.ROOM), 0, 1, 0);
        double expected = 0.8e-6 / (4 * ut * ut) * (pinchOff * pinchOff - (pinchOff - 1) * (pinchOff - 1));
        assertEquals(1, row.current[0] / expected, 0.03);
    }

    @Test
    void equilibriumNoiseIsNyquists() {
        FloatingGateResistor law = law();
        ArrayCells cells = law.bind(
                law.store(new DMatrixRMaj(1, 2, true, new double[] {1, 0.01}), Conditions.ROOM), Conditions.ROOM);
        Row row = new Row(2);
        row.at(cells, 0, 0, 0);
        DMatrixRMaj density = new DMatrixRMaj(1, 2);
        cells.noiseDensity(new DMatrixRMaj(1, 1), 0, new DMatrixRMaj(1, 2), density);
        for (int j = 0; j < 2; j++) {
            double expected = 4 * Constants.BOLTZMANN * Conditions.ROOM.temperature() * row.slopeRow[j];
            assertEquals(1, density.data[j] / expected, 1e-12);
        }
    }

    @Test
    void badParametersAreRefusedByName() {
        FloatingGateResistor.Builder builder = law().toBuilder();
        assertRefused("readVoltage = 0.0", () -> builder.readVoltage(0));
        assertRefused("readGate = Infinity", () -> builder.readGate(Double.POSITIVE_INFINITY));
        assertRefused(
                "highestConductance = 1.0", () -> builder.highestConductance(1).build());
        assertRefused("kind = GATE_VOLTAGE", () -> law().unitSignal(DriveKind.GATE_VOLTAGE, 1, 0, Conditions.ROOM));
        assertTrue(
                law().datasheet().entries().stream().noneMatch(e -> e.source().equals("user")));
    }
}
