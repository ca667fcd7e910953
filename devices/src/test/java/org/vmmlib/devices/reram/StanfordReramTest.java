package org.vmmlib.devices.reram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.CellLawContract;

class StanfordReramTest extends CellLawContract {

    @Override
    protected StanfordReram law() {
        return StanfordReram.published();
    }

    @Override
    protected double[] voltages() {
        return new double[] {-1, -0.3, -1e-3, 0, 1e-9, 0.1, 0.24, 0.8};
    }

    @Override
    protected double[] gates() {
        return new double[] {0};
    }

    @Override
    protected Point read() {
        return new Point(0, 0.1, 0);
    }

    /** Resistances at 0.1 V; those of the ends are r_on and r_off of the model's port in MemTorch. */
    @ParameterizedTest
    @CsvSource({"0.2e-9, 542", "0.5e-9, 1799", "1.0e-9, 13292", "1.7e-9, 218586"})
    void resistancesAreThePublishedOnes(double gap, double ohms) {
        ArrayCells cells = law().bind(law().state(new DMatrixRMaj(1, 1, true, new double[] {gap})), Conditions.ROOM);
        Row row = new Row(1);
        row.at(cells, 0, 0.1, 0);
        assertEquals(ohms, 0.1 / row.current[0], 0.001 * ohms);
    }

    @Test
    void aGapWiderByItsScaleConductsLessByE() {
        DMatrixRMaj gaps = new DMatrixRMaj(1, 2, true, new double[] {0.5e-9, 0.75e-9});
        Row row = new Row(2);
        row.at(law().bind(law().state(gaps), Conditions.ROOM), 0, 0.4, 0);
        assertEquals(Math.E, row.current[0] / row.current[1], 1e-12);
    }

    @Test
    void gapsOutsideTheWindowAreRefused() {
        assertRefused("gap[0,0] = 2.0E-9", () -> law().state(new DMatrixRMaj(1, 1, true, new double[] {2e-9})));
        assertRefused("gapScale = 0.0", () -> new StanfordReram(0, 0.25, 1e-3, 0, 1e-9, false));
        assertRefused("largestGap = 1.0E-10", () -> new StanfordReram(1e-10, 0.25, 1e-3, 2e-10, 1e-10, false));
    }
}
