package org.vmmlib.devices.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.devices.CellLawContract;

/** The exponential cell with a finite drain voltage and DIBL. */
class FiniteDrainExponentialTest extends CellLawContract {

    @Override
    protected FloatingGateCell law() {
        return FloatingGateCell.exponential().saturation(true).dibl(0.03).build();
    }

    @Override
    protected double[] voltages() {
        return new double[] {-0.3, -0.1, -0.02, 0, 0.003, 0.01, 0.1, 0.5, 0.8};
    }

    @Override
    protected double[] gates() {
        return new double[] {0, 0.4, 0.65, 0.9};
    }

    @Override
    protected Point read() {
        return new Point(0.65, 0, 0.5);
    }

    private static ArrayCells one(FloatingGateCell cell) {
        return cell.bind(cell.store(new DMatrixRMaj(1, 1, true, new double[] {1}), Conditions.ROOM), Conditions.ROOM);
    }

    @Test
    void saturationCostsTheExponentialOfTheDrainVoltage() {
        ArrayCells finite = one(law().without("fg.dibl"));
        ArrayCells saturated = one(law().without("fg.dibl").without("fg.saturation"));
        double ut = Conditions.ROOM.thermalVoltage();
        Row a = new Row(1);
        Row b = new Row(1);
        for (double drain = 0.001; drain < 1; drain *= 1.3) {
            a.at(finite, 0.6, 0, drain);
            b.at(saturated, 0.6, 0, drain);
            assertEquals(Math.exp(-drain / ut), 1 - a.current[0] / b.current[0], 1e-13);
        }
    }

    @Test
    void sourceAndDrainAreInterchangeable() {
        ArrayCells cells = one(law());
        Row forward = new Row(1);
        Row backward = new Row(1);
        for (double[] pair : new double[][] {{0, 0.5}, {0.1, 0.13}, {-0.2, 0.05}}) {
            forward.at(cells, 0.6, pair[0], pair[1]);
            backward.at(cells, 0.6, pair[1], pair[0]);
            assertEquals(-forward.current[0], backward.current[0], 1e-15 * Math.abs(forward.current[0]));
            assertEquals(forward.slopeRow[0], -backward.slopeColumn[0], 1e-13 * Math.abs(forward.slopeRow[0]));
            assertEquals(forward.slopeColumn[0], -backward.slopeRow[0], 1e-13 * Math.abs(forward.slopeRow[0]));
        }
    }

    @Test
    void noiseIsTheShotNoiseOfForwardAndReverseCurrents() {
        FloatingGateCell cell = law().without("fg.dibl");
        double ut = Conditions.ROOM.thermalVoltage();
        double q = Constants.ELEMENTARY_CHARGE;
        DMatrixRMaj currents = new DMatrixRMaj(1, 1);
        DMatrixRMaj density = new DMatrixRMaj(1, 1);
        for (double drain : new double[] {0.005, 0.05, 0.5}) {
            double forward = 16e-9;
            double reverse = forward * Math.exp(-drain / ut);
            currents.data[0] = -(forward - reverse);
            one(cell).noiseDensity(new DMatrixRMaj(1, 1), drain, currents, density);
            assertEquals(1, density.data[0] / (2 * q * (forward + reverse)), 1e-12);
        }
        // Integrated over 10 ns, bandwidth 1/(2t), 16 nA is uncertain by sqrt(q/(It)): 3.2 %.
        one(cell.without("fg.saturation")).noiseDensity(new DMatrixRMaj(1, 1), 0.5, currents, density);
        assertEquals(0.032, Math.sqrt(density.data[0] / (2 * 10e-9)) / 16e-9, 5e-4);
        assertRefused("columnVoltage = 0.0", () -> one(cell).noiseDensity(new DMatrixRMaj(1, 1), 0, currents, density));
    }
}
