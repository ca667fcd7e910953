package org.vmmlib.devices.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.CellLawContract;

/** The 2T2R pair. */
class SignedPairTest extends CellLawContract {

    @Override
    protected SignedPair law() {
        return SignedPair.spiking65();
    }

    @Override
    protected double[] voltages() {
        return new double[] {-0.2, -0.05, 0, 0.003, 0.1, 0.2, 0.3};
    }

    @Override
    protected double[] gates() {
        return new double[] {-0.2, 0.3, 0.6, 1.2};
    }

    @Override
    protected Point read() {
        return new Point(1.2, 0, 0.1);
    }

    /** The rails are a voltage of its own. */
    @Override
    protected boolean stopsWithoutVoltage() {
        return false;
    }

    @Override
    protected boolean isMonotone() {
        return true;
    }

    @Override
    protected double signal(double current) {
        return -current;
    }

    /** Behind ideal switches. */
    @Nested
    class IdealSwitches extends CellLawContract {

        @Override
        protected SignedPair law() {
            return SignedPairTest.this.law().without("1t1r.channel");
        }

        @Override
        protected double[] voltages() {
            return SignedPairTest.this.voltages();
        }

        @Override
        protected Point read() {
            return SignedPairTest.this.read();
        }

        @Override
        protected double[] gates() {
            return SignedPairTest.this.gates();
        }

        @Override
        protected boolean stopsWithoutVoltage() {
            return false;
        }

        @Override
        protected boolean isMonotone() {
            return true;
        }

        @Override
        protected double signal(double current) {
            return -current;
        }
    }

    @Test
    void pairIsTheDifferenceOfItsTwoCells() {
        SignedPair pair = law();
        SwitchedResistor single = SwitchedResistor.builder(
                        SwitchedResistorTest.WINDOW, SwitchedResistorTest.transistor())
                .inputOnGates()
                .build();
        SignedPair same = new SignedPair(single, -0.1, 0.1, 0, "test");
        DMatrixRMaj plus = new DMatrixRMaj(1, 2, true, new double[] {1e-4, 1e-6});
        DMatrixRMaj minus = new DMatrixRMaj(1, 2, true, new double[] {1e-6, 5e-5});
        Row row = new Row(2);
        Row low = new Row(2);
        Row high = new Row(2);
        for (double gate : new double[] {0.3, 1.2}) {
            row.at(same.bind(new CellState(same.planes(), plus, minus), Conditions.ROOM), gate, 0.02, 0.01);
            low.at(single.bind(single.state(plus), Conditions.ROOM), gate, 0.02 - 0.1, 0.01);
            high.at(single.bind(single.state(minus), Conditions.ROOM), gate, 0.02 + 0.1, 0.01);
            for (int j = 0; j < 2; j++) {
                double sum = Math.abs(low.current[j]) + Math.abs(high.current[j]);
                assertEquals(low.current[j] + high.current[j], row.current[j], 1e-14 * sum);
            }
        }
        assertEquals(0.1, pair.restVoltage());
    }

    @Test
    void oppositeWeightsHaveOppositeCurrents() {
        SignedPair pair = law();
        CellState state =
                pair.storeSigned(new DMatrixRMaj(1, 5, true, new double[] {-1, -0.4, 0, 0.4, 1}), Conditions.ROOM);
        Row row = new Row(5);
        row.at(pair.bind(state, Conditions.ROOM), pair.gate(), 0, pair.restVoltage());
        double unit = pair.unitSignal(DriveKind.GATE_VOLTAGE, pair.gate(), pair.restVoltage(), Conditions.ROOM);
        double zero = row.current[2];
        assertEquals(-0.5 * unit, row.current[4] - zero, 1e-9 * unit);
        assertEquals(0.5 * unit, row.current[0] - zero, 1e-9 * unit);
        assertEquals(-0.2 * unit, row.current[3] - zero, 1e-9 * unit);
        assertEquals(0.2 * unit, row.current[1] - zero, 1e-9 * unit);
        // 2 µA for a full weight, less what the channel takes and the lowest conductance adds.
        assertEquals(2e-6, unit / 2, 0.2e-6);
    }

    @Test
    void badRailsAreRefusedByName() {
        SwitchedResistor cell = SwitchedResistor.hafnia();
        assertRefused("highRail = 0.0", () -> new SignedPair(cell, 0, 0, 0, "test"));
        assertRefused("restVoltage = 0.3", () -> new SignedPair(cell, 0, 0.2, 0.3, "test"));
        assertRefused(
                "weights[0,0] = -2.0",
                () -> law().storeSigned(new DMatrixRMaj(1, 1, true, new double[] {-2}), Conditions.ROOM));
        assertRefused("kind = ROW_VOLTAGE", () -> law().unitSignal(DriveKind.ROW_VOLTAGE, 1, 0, Conditions.ROOM));
    }
}
