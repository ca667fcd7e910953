package org.vmmlib.devices.reram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.CellLawContract;

class JartVcmTest extends CellLawContract {

    /** 8e23 1/m³, to the nearest double. */
    private static final double FEWEST = 8e11 * 1e12;

    private static final Conditions PUBLISHED = Conditions.ROOM.atTemperature(293);

    @Override
    protected JartVcm law() {
        return JartVcm.published();
    }

    @Override
    protected double[] voltages() {
        // Differences stay away from 10 mV and 0.5 V, where second derivatives jump, and from where the barrier
        // vanishes.
        return new double[] {-0.3, -0.17, -1e-3, 0, 1e-9, 0.1, 0.19, 0.65};
    }

    @Override
    protected double[] gates() {
        return new double[] {0};
    }

    @Override
    protected Point read() {
        return new Point(0, 0.2, 0);
    }

    private ArrayCells cell(double density, Conditions conditions) {
        return law().bind(law().state(new DMatrixRMaj(1, 1, true, new double[] {density})), conditions);
    }

    /**
     * Resistances at −0.2 V and 0.2 V, solved by bisection on the contact's voltage with a fixed-point iteration on the
     * temperature, in a program of its own, from the published equations (doi:10.1109/TCSI.2020.3018502).
     */
    @ParameterizedTest
    @CsvSource({
        "0.008e26, 104748, 65565",
        "0.1e26,   6987.5, 6565.8",
        "1e26,     2111.4, 2083.8",
        "5e26,     1675.9, 1692.1",
        "20e26,    1589.4, 1618.8"
    })
    void resistancesAreThoseOfTheModel(double density, double atMinus, double atPlus) {
        Row row = new Row(1);
        row.at(cell(density, PUBLISHED), 0, -0.2, 0);
        assertEquals(atMinus, -0.2 / row.current[0], 2e-4 * atMinus);
        row.at(cell(density, PUBLISHED), 0, 0.2, 0);
        assertEquals(atPlus, 0.2 / row.current[0], 2e-4 * atPlus);
    }

    /** The contact's emission is thermally activated: the high-resistance state conducts more when it is warm. */
    @Test
    void aWarmCellOfFewVacanciesConductsMore() {
        Row row = new Row(1);
        row.at(cell(FEWEST, PUBLISHED), 0, -0.2, 0);
        double cold = row.current[0];
        row.at(cell(FEWEST, PUBLISHED.atTemperature(358)), 0, -0.2, 0);
        assertTrue(row.current[0] < 1.01 * cold);
    }

    @Test
    void moreVacanciesConductMoreEitherWay() {
        for (double v : new double[] {-0.5, -0.2, -0.02, -1e-3, 1e-3, 0.02, 0.2, 0.5}) {
            double last = 0;
            for (double density = FEWEST; density <= 20e26; density *= 1.2) {
                Row row = new Row(1);
                row.at(cell(density, PUBLISHED), 0, v, 0);
                assertTrue(Math.abs(row.current[0]) > last);
                last = Math.abs(row.current[0]);
            }
        }
    }

    /** Over all states and voltages, finely: no jump, no fall. */
    @Test
    void currentRisesWithTheVoltageInEveryState() {
        for (double density = FEWEST; density <= 20e26; density *= 1.31) {
            ArrayCells cells = cell(density, Conditions.ROOM);
            Row row = new Row(1);
            double last = Double.NEGATIVE_INFINITY;
            double lastSlope = 0;
            for (int k = -1400; k <= 1400; k++) {
                row.at(cells, 0, k * 5e-4, 0);
                assertTrue(row.current[0] > last);
                assertTrue(row.slopeRow[0] > 0);
                if (k > -1400) {
                    double mean = (row.current[0] - last) / 5e-4;
                    assertEquals(mean, 0.5 * (lastSlope + row.slopeRow[0]), 0.02 * mean);
                }
                last = row.current[0];
                lastSlope = row.slopeRow[0];
            }
        }
    }

    @Test
    void currentAndSlopeAreContinuousWhereTheBranchesAreJoined() {
        for (double v : new double[] {-0.5, -0.01, 0.01, 0.5}) {
            for (double density : new double[] {FEWEST, 1e25, 2e27}) {
                Row below = new Row(1);
                Row above = new Row(1);
                below.at(cell(density, PUBLISHED), 0, Math.nextDown(v), 0);
                above.at(cell(density, PUBLISHED), 0, Math.nextUp(v), 0);
                assertEquals(1, above.current[0] / below.current[0], 1e-12);
                assertEquals(1, above.slopeRow[0] / below.slopeRow[0], 1e-9);
            }
        }
    }

    @Test
    void badParametersAreRefused() {
        assertRefused("|readVoltage| = 0.6", () -> new JartVcm(-0.6, 0.01, false));
        assertRefused("joint = 0.0", () -> new JartVcm(0.2, 0, false));
        assertRefused("vacancies[0,0] = 1.0E28", () -> cell(1e28, PUBLISHED));
        assertRefused("temperature = 0.0", () -> cell(1e26, new Conditions(0, 0)));
    }
}
