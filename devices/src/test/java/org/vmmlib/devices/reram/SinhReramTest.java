package org.vmmlib.devices.reram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.devices.CellLawContract;

class SinhReramTest extends CellLawContract {

    @Override
    protected SinhReram law() {
        return new SinhReram(ConductanceWindow.of(1e-6, 1e-4), 4);
    }

    @Override
    protected double[] voltages() {
        // Differences of 0.25 V lie at the border of the two forms of the law.
        return new double[] {-2, -0.5, -0.25, -1e-3, 0, 1e-9, 0.02, 0.25, 0.9};
    }

    @Override
    protected double[] gates() {
        return new double[] {0};
    }

    @Override
    protected Point read() {
        return new Point(0, 0.2, 0);
    }

    private static ArrayCells cell(double conductance, double alpha) {
        SinhReram law = new SinhReram(ConductanceWindow.any(), alpha);
        return law.bind(law.state(new DMatrixRMaj(1, 1, true, new double[] {conductance})), Conditions.ROOM);
    }

    @Test
    void nonlinearityOfAQuarterVoltLawIsTheTabulatedOne() {
        // i/(g v) − 1 for 1/α = 0.25 V, computed by hand from the series of sinh.
        double[][] table = {{0.05, 0.0067}, {0.1, 0.0269}, {0.2, 0.1101}, {0.3, 0.2579}};
        Row row = new Row(1);
        for (double[] line : table) {
            row.at(cell(1e-5, 4), 0, line[0], 0);
            assertEquals(line[1], row.current[0] / (1e-5 * line[0]) - 1, 5e-5);
        }
    }

    @Test
    void sinhIsAccurateToAFewRoundingsAtEveryVoltage() {
        Row row = new Row(1);
        ArrayCells cells = cell(1, 1);
        for (double x = 1e-12; x < 300; x *= 1.0173) {
            row.at(cells, 0, x, 0);
            assertEquals(1, row.current[0] / StrictMath.sinh(x), 1e-15 * Math.max(1, x));
            assertEquals(1, row.slopeRow[0] / StrictMath.cosh(x), 1e-15 * Math.max(1, x));
            double forward = row.current[0];
            row.at(cells, 0, 0, x);
            assertEquals(-forward, row.current[0], 1e-15 * forward);
        }
    }

    @Test
    void beyondItsLimitTheLawIsItsTangent() {
        Row row = new Row(1);
        ArrayCells cells = cell(1e-5, 3);
        row.at(cells, 0, 100, 0);
        double current = row.current[0];
        double slope = row.slopeRow[0];
        row.at(cells, 0, 101, 0);
        assertEquals(1, row.current[0] / (current + slope), 1e-12);
        assertEquals(1, row.slopeRow[0] / slope, 1e-12);
        assertTrue(Double.isFinite(row.current[0] * row.current[0]), "so that a residual norm is finite");
    }

    @Test
    void withoutNonlinearityTheCellsAreLinear() {
        SinhReram ideal = law().without("reram.nonlinearity");
        ArrayCells cells = ideal.bind(ideal.store(new DMatrixRMaj(2, 2), Conditions.ROOM), Conditions.ROOM);
        assertInstanceOf(LinearCells.class, cells);
        // And the limit of a small alpha is that law.
        Row row = new Row(1);
        row.at(cell(1e-5, 1e-12), 0, 0.3, 0);
        assertEquals(3e-6, row.current[0], 1e-21);
    }

    @Test
    void noiseIsTheShotNoiseOfEachCellAndThermalAtZeroVoltage() {
        SinhReram law = law();
        Conditions conditions = Conditions.ROOM.atTemperature(300);
        double kt = Constants.BOLTZMANN * 300;
        double q = Constants.ELEMENTARY_CHARGE;
        double[] g = {1e-6, 2e-6, 3e-5, 4e-5, 5e-5, 6e-5};
        double[] v = {0.2, 0.5, -0.1};
        ArrayCells cells = law.bind(law.state(new DMatrixRMaj(3, 2, true, g)), conditions);
        DMatrixRMaj density = new DMatrixRMaj(2, 2);
        DMatrixRMaj drives = new DMatrixRMaj(2, 3, true, new double[] {v[0], v[1], v[2], 0.07, 0.07, 0.07});
        double column = 0.07;
        cells.noiseDensity(drives, column, new DMatrixRMaj(2, 2), density);
        for (int j = 0; j < 2; j++) {
            double sum = 0;
            double thermal = 0;
            for (int i = 0; i < 3; i++) {
                double across = v[i] - column;
                double current = g[2 * i + j] / 4 * Math.sinh(4 * across);
                sum += 2 * q * current / Math.tanh(q * across / (2 * kt));
                thermal += 4 * kt * g[2 * i + j];
            }
            assertEquals(1, density.get(0, j) / sum, 1e-12);
            assertEquals(1, density.get(1, j) / thermal, 1e-12);
        }
    }

    @Test
    void negativeAlphaIsRefused() {
        assertRefused("alpha = -1.0", () -> new SinhReram(ConductanceWindow.any(), -1));
    }
}
