package org.vmmlib.devices.reram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.CellLawContract;

class LinearReramTest extends CellLawContract {

    @Override
    protected LinearReram law() {
        return new LinearReram(ConductanceWindow.of(1e-6, 1e-4));
    }

    @Override
    protected double[] voltages() {
        return new double[] {-1, -0.3, -0.01, 0, 0.02, 0.2, 0.9};
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
    void weightsSpanTheWindowLinearly() {
        LinearReram cell = law();
        LinearCells cells = assertInstanceOf(
                LinearCells.class,
                cell.bind(
                        cell.store(new DMatrixRMaj(1, 3, true, new double[] {0, 0.5, 1}), Conditions.ROOM),
                        Conditions.ROOM));
        assertEquals(1e-6, cells.conductances().get(0, 0));
        assertEquals(50.5e-6, cells.conductances().get(0, 1), 1e-18);
        assertEquals(1e-4, cells.conductances().get(0, 2));
        assertEquals(99e-6 * 0.2, cell.unitSignal(DriveKind.ROW_VOLTAGE, 0.2, 0, Conditions.ROOM), 1e-18);
    }

    @Test
    void publishedCrossbarHasTheResistancesOfItsGreyLevels() {
        LinearReram cell = new LinearReram(ConductanceWindow.aluminaTitania());
        ArrayCells cells = cell.bind(
                cell.store(new DMatrixRMaj(1, 2, true, new double[] {0, 1}), Conditions.ROOM), Conditions.ROOM);
        Row row = new Row(2);
        row.at(cells, 0, 0.2, 0);
        assertEquals(10.35e-6, row.current[0] / 0.2, 0.005e-6);
        assertEquals(142.9e-6, row.current[1] / 0.2, 0.05e-6);
        assertEquals(13.8, row.current[1] / row.current[0], 0.01);
    }

    @Test
    void arraysInSiemensTakeAnyConductanceButStoreNoWeights() {
        LinearReram cell = new LinearReram(ConductanceWindow.any());
        DMatrixRMaj g = new DMatrixRMaj(1, 3, true, new double[] {0, 1e-300, 1e12});
        LinearCells cells = assertInstanceOf(LinearCells.class, cell.bind(cell.state(g), Conditions.ROOM));
        assertEquals(1e12, cells.conductances().get(0, 2));
        assertRefused("window = any conductance", () -> cell.store(new DMatrixRMaj(1, 1), Conditions.ROOM));
        assertRefused(
                "window = any conductance", () -> cell.unitSignal(DriveKind.ROW_VOLTAGE, 0.2, 0, Conditions.ROOM));
        assertRefused("conductance[0,0] = -1.0", () -> cell.state(new DMatrixRMaj(1, 1, true, new double[] {-1})));
        assertRefused(
                "conductance[0,0] = Infinity",
                () -> cell.state(new DMatrixRMaj(1, 1, true, new double[] {Double.POSITIVE_INFINITY})));
    }

    @Test
    void thermalNoiseIsThatOfAllConductancesOfTheColumn() {
        LinearReram cell = new LinearReram(ConductanceWindow.any());
        DMatrixRMaj g = new DMatrixRMaj(2, 2, true, new double[] {1e-6, 2e-6, 3e-6, 5e-6});
        Conditions hot = Conditions.ROOM.atTemperature(350);
        DMatrixRMaj density = new DMatrixRMaj(1, 2);
        cell.bind(cell.state(g), hot)
                .noiseDensity(new DMatrixRMaj(1, 2, true, new double[] {0.3, -7}), 0, new DMatrixRMaj(1, 2), density);
        assertEquals(1, density.get(0, 0) / (4 * Constants.BOLTZMANN * 350 * 4e-6), 1e-14);
        assertEquals(1, density.get(0, 1) / (4 * Constants.BOLTZMANN * 350 * 7e-6), 1e-14);
    }

    @Test
    void impossibleWindowsAreRefused() {
        assertRefused("low = -1.0", () -> ConductanceWindow.of(-1, 1));
        assertRefused("high = 1.0", () -> ConductanceWindow.of(1, 1));
        assertRefused("high = Infinity", () -> ConductanceWindow.of(0, Double.POSITIVE_INFINITY));
    }
}
