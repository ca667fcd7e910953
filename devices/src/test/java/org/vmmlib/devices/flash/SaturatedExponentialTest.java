package org.vmmlib.devices.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.SeparableCells;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.CellLawContract;

/** The cell without imperfections. */
class SaturatedExponentialTest extends CellLawContract {

    @Override
    protected FloatingGateCell law() {
        return FloatingGateCell.exponential().build();
    }

    @Override
    protected boolean stopsWithoutVoltage() {
        return false;
    }

    @Override
    protected double[] voltages() {
        return new double[] {-0.1, -0.02, 0, 0.01, 0.1, 0.5, 0.8};
    }

    @Override
    protected double[] gates() {
        return new double[] {0, 0.4, 0.65, 0.9};
    }

    @Override
    protected Point read() {
        return new Point(0.65, 0, 0.5);
    }

    @Test
    void currentIsEquationSixAndDoesNotDependOnTheDrain() {
        FloatingGateCell cell =
                FloatingGateCell.exponential().kappa(0.65).specificCurrent(1e-6).build();
        double ut = Conditions.ROOM.thermalVoltage();
        double[] thresholds = {-0.1, 0, 0.3};
        CellState state = new CellState(cell.planes(), new DMatrixRMaj(1, 3, true, thresholds));
        Row row = new Row(3);
        row.at(cell.bind(state, Conditions.ROOM), 0.6, 0.01, 0.4);
        for (int j = 0; j < 3; j++) {
            double expected = 1e-6 * Math.exp((0.65 * (0.6 - 0.8 - thresholds[j]) - 0.01) / ut);
            assertEquals(-1, row.current[j] / expected, 1e-13);
            assertEquals(0, row.slopeColumn[j], 0.0);
            assertEquals(1, row.slopeRow[j] / (expected / ut), 1e-13);
        }
    }

    @Test
    void productOfDriveAndFactorIsTheCurrent() {
        FloatingGateCell cell = law().toBuilder().saturation(true).dibl(0.03).build();
        CellState state = cell.store(new DMatrixRMaj(2, 2, true, new double[] {1, 0.5, 0.1, 0}), Conditions.ROOM);
        SeparableCells cells = assertInstanceOf(SeparableCells.class, cell.bind(state, Conditions.ROOM));
        DMatrixRMaj factors = new DMatrixRMaj(2, 2);
        double[] drains = {0.5, 0.03};
        cells.factors(drains, factors);
        Row row = new Row(2);
        System.arraycopy(drains, 0, row.vColumn, 0, 2);
        for (int i = 0; i < 2; i++) {
            row.evaluate(cells, i, 0.62);
            for (int j = 0; j < 2; j++) {
                assertEquals(1, -cells.drive(0.62) * factors.get(i, j) / row.current[j], 1e-13);
            }
        }
        assertEquals(0, cells.drive(Double.NEGATIVE_INFINITY), 0.0);
    }
}
