package org.vmmlib.devices;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.reram.MagneticJunction;

/** The contract is that of a junction with a domain wall, which can store any weight. */
class MagneticJunctionTest extends CellLawContract {

    @Override
    protected MagneticJunction law() {
        return MagneticJunction.perpendicular40().without("mtj.two-states");
    }

    @Override
    protected double[] voltages() {
        return new double[] {-1.5, -0.3, -1e-3, 0, 1e-9, 0.1, 0.24, 2};
    }

    @Override
    protected double[] gates() {
        return new double[] {0};
    }

    /** Where TMR is that of small voltages. */
    @Override
    protected Point read() {
        return new Point(0, 1e-6, 0);
    }

    /** A parallel junction, which the contract looks at, is ohmic by itself; an antiparallel one is not. */
    @Test
    @Override
    void onlyOhmicCellsCallThemselvesLinear() {
        assertEquals(2, at(1, 0.4).current[0] / at(1, 0.2).current[0], 1e-12);
        assertTrue(at(0, 0.4).current[0] / at(0, 0.2).current[0] > 2.1);
        ArrayCells cells = law().bind(law().store(new DMatrixRMaj(1, 1), Conditions.ROOM), Conditions.ROOM);
        assertFalse(cells instanceof LinearCells);
        MagneticJunction ohmic = law().without("reram.nonlinearity");
        assertInstanceOf(
                LinearCells.class, ohmic.bind(ohmic.store(new DMatrixRMaj(1, 1), Conditions.ROOM), Conditions.ROOM));
    }

    private static Row at(double parallel, double voltage) {
        MagneticJunction law = MagneticJunction.perpendicular40();
        Row row = new Row(1);
        row.at(
                law.bind(law.state(new DMatrixRMaj(1, 1, true, new double[] {parallel})), Conditions.ROOM),
                0,
                voltage,
                0);
        return row;
    }

    @Test
    void magnetoresistanceIsHalfAtTheHalfVoltage() {
        double small = at(1, 1e-6).current[0] / at(0, 1e-6).current[0] - 1;
        double half = at(1, 0.5).current[0] / at(0, 0.5).current[0] - 1;
        assertEquals(1.5, small, 1e-9);
        assertEquals(0.75, half, 1e-12);
        assertEquals(3979, 0.3 / at(1, 0.3).current[0], 1);
    }

    @Test
    void aBinaryJunctionStoresTheNearerOfTwoStates() {
        MagneticJunction law = MagneticJunction.perpendicular40();
        DMatrixRMaj weights = new DMatrixRMaj(1, 5, true, new double[] {0, 0.2, 0.49, 0.5, 1});
        CellState state = law.store(weights, Conditions.ROOM);
        assertArrayEquals(new double[] {0, 0, 0, 1, 1}, state.plane("parallel").data);
        assertArrayEquals(
                new String[] {"mtj.two-states", "reram.nonlinearity"},
                law.imperfections().stream().map(Imperfection::id).toArray());
        assertRefused("parallel[0,1] = 0.2", () -> law.state(weights));
    }

    @Test
    void impossibleJunctionsAreRefused() {
        assertRefused("magnetoresistance = 0.0", () -> new MagneticJunction(1e-4, 0, 0.5, true, 0));
        assertRefused("halfVoltage = 0.0", () -> new MagneticJunction(1e-4, 1, 0, true, 0));
        assertRefused("conductance = NaN", () -> new MagneticJunction(Double.NaN, 1, 0.5, true, 0));
    }
}
