package org.vmmlib.devices.reram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.CellLawContract;

class PkuReramTest extends CellLawContract {

    private static final double NM = 1e-9;

    @Override
    protected PkuReram law() {
        return PkuReram.published();
    }

    @Override
    protected double[] voltages() {
        return new double[] {-1.5, -0.3, -1e-3, 0, 1e-9, 0.1, 0.24, 2};
    }

    @Override
    protected double[] gates() {
        return new double[] {0};
    }

    @Override
    protected Point read() {
        return new Point(0, 0.1, 0);
    }

    private Row at(double gap, double width, double voltage) {
        CellState state = law().state(
                        new DMatrixRMaj(1, 1, true, new double[] {gap}),
                        new DMatrixRMaj(1, 1, true, new double[] {width}));
        Row row = new Row(1);
        row.at(law().bind(state, Conditions.ROOM), 0, voltage, 0);
        return row;
    }

    @Test
    void aFullFilamentHasThreeKiloohmsBothWays() {
        assertEquals(3000, 0.1 / at(0, 5 * NM, 0.1).current[0], 0.2);
        assertEquals(3000, -0.7 / at(0, 5 * NM, -0.7).current[0], 0.2);
    }

    /** Without a filament all current is hopping over the oxide, whatever the width. */
    @Test
    void aWideGapHopsOverTheWholeArea() {
        double area = Math.PI / 4 * 25 * NM * NM;
        double expected = 1e13 * area * Math.exp(-3 / 0.4) * Math.sinh(0.5 / 0.4);
        for (double width : new double[] {0.5 * NM, 2 * NM, 5 * NM}) {
            assertEquals(1, at(3e-9, width, 0.5).current[0] / expected, 1e-12);
        }
    }

    /** Gap and filament carry the same current, and their voltages add up: the circuit's two equations. */
    @Test
    void gapAndFilamentAreInSeries() {
        double area = Math.PI / 4 * 9 * NM * NM;
        double ohms = 1.9635e-5 * 2.2 * NM / area;
        double beside = 1e13 * (Math.PI / 4 * 25 * NM * NM - area) * Math.exp(-3 / 0.4);
        for (double v = -2; v < 2.1; v += 0.25) {
            double hopping = at(0.8 * NM, 3 * NM, v).current[0] - beside * Math.sinh(v / 0.4);
            double across = v - hopping * ohms;
            assertEquals(
                    1e13 * area * Math.exp(-0.8 / 0.4) * Math.sinh(across / 0.4), hopping, 1e-13 * Math.abs(hopping));
        }
    }

    @Test
    void aWiderGapConductsLess() {
        double last = Double.POSITIVE_INFINITY;
        for (double gap = 0; gap < 3 * NM; gap += 0.1 * NM) {
            double current = at(gap, 4 * NM, 0.3).current[0];
            assertTrue(current < last);
            last = current;
        }
    }

    @Test
    void aFullFilamentThatIsToConductLessGetsAGap() {
        DMatrixRMaj full = new DMatrixRMaj(1, 2);
        DMatrixRMaj wide = new DMatrixRMaj(1, 2);
        wide.fill(5 * NM);
        DMatrixRMaj errors = new DMatrixRMaj(1, 2, true, new double[] {0.1, -0.6});
        CellState off = law().deviate(law().state(full, wide), errors, Conditions.ROOM);
        assertEquals(0, off.plane("gap").data[0]);
        assertEquals(0.4 / 3000, at(off.plane("gap").data[1], 5 * NM, 0.1).current[0] / 0.1, 1e-3 * 0.4 / 3000);
    }

    @Test
    void filamentsOutsideTheOxideAreRefused() {
        DMatrixRMaj gap = new DMatrixRMaj(1, 1, true, new double[] {3.1 * NM});
        DMatrixRMaj width = new DMatrixRMaj(1, 1, true, new double[] {6 * NM});
        assertRefused("gap[0,0]", () -> law().state(gap, new DMatrixRMaj(1, 1)));
        assertRefused("width[0,0]", () -> law().state(new DMatrixRMaj(1, 1), width));
        assertRefused("readVoltage = 0.0", () -> new PkuReram(0, false));
    }
}
