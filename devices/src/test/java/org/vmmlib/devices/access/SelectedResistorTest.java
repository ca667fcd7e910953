package org.vmmlib.devices.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.CellLawContract;
import org.vmmlib.devices.reram.ConductanceWindow;

/** The 1S1R cell. */
class SelectedResistorTest extends CellLawContract {

    @Override
    protected SelectedResistor law() {
        return SelectedResistor.punchThrough();
    }

    @Override
    protected double[] voltages() {
        return new double[] {-1.4, -0.7, -0.1, -0.003, 0, 0.05, 0.3, 0.6, 1, 1.4};
    }

    @Override
    protected double[] gates() {
        return new double[] {0};
    }

    @Override
    protected Point read() {
        return new Point(0, 1.4, 0);
    }

    @Test
    void selectorAndResistorCarryTheSameCurrent() {
        double[] conductances = {1e-6, 1e-5, 1e-4};
        SelectedResistor law = law();
        ArrayCells cells = law.bind(law.state(new DMatrixRMaj(1, 3, true, conductances)), Conditions.ROOM);
        Row row = new Row(3);
        double volts = 0.12 / Math.log(10);
        for (double v : new double[] {1e-6, 0.01, 0.3, 0.7, 1.4, 5}) {
            row.at(cells, 0, v, 0);
            Row mirrored = new Row(3);
            mirrored.at(cells, 0, 0, v);
            for (int j = 0; j < 3; j++) {
                double g = conductances[j];
                double low = 0;
                double high = v;
                for (int k = 0; k < 200; k++) {
                    double y = (low + high) / 2;
                    boolean above = 1e-13 * Math.sinh(y / volts) > g * (v - y);
                    low = above ? low : y;
                    high = above ? y : high;
                }
                // The part with the smaller slope gives the current that rounding of the node harms less.
                boolean resistor = g < 1e-13 / volts * Math.cosh(low / volts);
                double expected = resistor ? g * (v - low) : 1e-13 * Math.sinh(low / volts);
                assertEquals(1, row.current[j] / expected, 1e-10, g + " S at " + v + " V");
                assertEquals(-row.current[j], mirrored.current[j]);
            }
        }
    }

    @Test
    void halfTheReadVoltageLeavesThousandthsOfTheCurrent() {
        SelectedResistor law = law();
        ArrayCells cells = law.bind(law.state(new DMatrixRMaj(1, 1, true, new double[] {1e-4})), Conditions.ROOM);
        Row full = new Row(1);
        Row half = new Row(1);
        full.at(cells, 0, 1.4, 0);
        half.at(cells, 0, 0.7, 0);
        assertTrue(half.current[0] / full.current[0] < 2e-3);
    }

    @Test
    void currentOfTheSelectorIsThermallyActivated() {
        // At 0.2 V the selector limits; E_A = 0.3 eV.
        SelectedResistor law = law();
        DMatrixRMaj g = new DMatrixRMaj(1, 1, true, new double[] {1e-4});
        Row cold = new Row(1);
        Row warm = new Row(1);
        cold.at(law.bind(law.state(g), Conditions.ROOM), 0, 0.2, 0);
        warm.at(law.bind(law.state(g), Conditions.ROOM.atTemperature(358.15)), 0, 0.2, 0);
        double expected = 0.3 * Constants.ELEMENTARY_CHARGE / Constants.BOLTZMANN * (1 / 298.15 - 1 / 358.15);
        assertEquals(expected, Math.log(warm.current[0] / cold.current[0]), 1e-3);
    }

    @Test
    void equilibriumNoiseIsThatOfTheWholeConductance() {
        SelectedResistor law = law();
        ArrayCells cells = law.bind(law.state(new DMatrixRMaj(1, 1, true, new double[] {1e-6})), Conditions.ROOM);
        Row row = new Row(1);
        row.at(cells, 0, 0, 0);
        DMatrixRMaj density = new DMatrixRMaj(1, 1);
        cells.noiseDensity(new DMatrixRMaj(1, 1), 0, new DMatrixRMaj(1, 1), density);
        double expected = 4 * Constants.BOLTZMANN * Conditions.ROOM.temperature() * row.slopeRow[0];
        assertEquals(1, density.data[0] / expected, 1e-12);
    }

    @Test
    void withoutSelectorTheCellIsItsResistor() {
        SelectedResistor ideal = law().without("1s1r.selector");
        assertTrue(
                ideal.bind(ideal.store(new DMatrixRMaj(2, 2), Conditions.ROOM), Conditions.ROOM)
                        instanceof LinearCells);
        assertEquals(99e-6 * 0.3, ideal.unitSignal(DriveKind.ROW_VOLTAGE, 0.3, 0, Conditions.ROOM), 1e-18);
    }

    @Test
    void badParametersAreRefusedByName() {
        assertRefused("scaleCurrent = 0.0", () -> new Selector(0, 0.05, 0, "test"));
        assertRefused("scaleVoltage = -1.0", () -> new Selector(1e-9, -1, 0, "test"));
        assertRefused("activationEnergy = NaN", () -> new Selector(1e-9, 0.05, Double.NaN, "test"));
        ConductanceWindow window = ConductanceWindow.of(1e-6, 1e-4);
        assertRefused("readVoltage = 0.0", () -> new SelectedResistor(window, null, 0, "test"));
        assertRefused("kind = GATE_VOLTAGE", () -> law().unitSignal(DriveKind.GATE_VOLTAGE, 1, 0, Conditions.ROOM));
    }
}
