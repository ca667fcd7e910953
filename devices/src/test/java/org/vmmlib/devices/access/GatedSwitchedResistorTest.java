package org.vmmlib.devices.access;

import org.junit.jupiter.api.Nested;
import org.vmmlib.devices.CellLawContract;

/** The passive 1T1R cell, its input on the gates, its resistor on either side. */
class GatedSwitchedResistorTest {

    @Nested
    class AtColumn extends CellLawContract {

        @Override
        protected SwitchedResistor law() {
            return new SwitchedResistorTest().law().toBuilder().inputOnGates().build();
        }

        @Override
        protected double[] voltages() {
            return new double[] {-0.3, -0.1, -0.02, 0, 0.003, 0.01, 0.1, 0.5, 0.8};
        }

        @Override
        protected double[] gates() {
            return new double[] {-0.5, 0, 0.3, 0.6, 1.2, 2.5};
        }

        @Override
        protected Point read() {
            return new Point(1.2, 0, 0.2);
        }
    }

    /** With the resistor between row and transistor. */
    @Nested
    class AtRow extends AtColumn {

        @Override
        protected SwitchedResistor law() {
            return super.law().toBuilder().resistorAtRow(true).build();
        }
    }

    /** Behind an ideal switch. */
    @Nested
    class IdealSwitch extends AtColumn {

        @Override
        protected SwitchedResistor law() {
            return super.law().without("1t1r.channel");
        }
    }
}
