package org.vmmlib.devices.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.LambertW;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.CellLawContract;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.transistor.MosTransistor;

/** The active 1T1R cell with every imperfection. */
class DegeneratedSourceTest extends CellLawContract {

    private static final ConductanceWindow WINDOW = ConductanceWindow.of(1e-8, 1e-3);

    @Override
    protected DegeneratedSource law() {
        MosTransistor transistor = MosTransistor.builder()
                .specificCurrent(10 * Si.uA)
                .dibl(0.03)
                .thresholdDrift(-1e-3)
                .build();
        return DegeneratedSource.builder(WINDOW, transistor).build();
    }

    @Override
    protected double[] voltages() {
        return new double[] {-0.3, -0.1, -0.02, 0, 0.003, 0.01, 0.1, 0.5, 0.8};
    }

    @Override
    protected double[] gates() {
        return new double[] {-0.5, 0, 0.2, 0.3, 0.5, 1.5};
    }

    @Override
    protected Point read() {
        return new Point(0.3, 0, 0.5);
    }

    /** On the exponential law. */
    @Nested
    class Exponential extends CellLawContract {

        @Override
        protected DegeneratedSource law() {
            return DegeneratedSourceTest.this.law().without("1t1r.inversion");
        }

        @Override
        protected double[] voltages() {
            return DegeneratedSourceTest.this.voltages();
        }

        @Override
        protected double[] gates() {
            return new double[] {-0.5, 0, 0.2, 0.3, 0.5};
        }

        @Override
        protected Point read() {
            return DegeneratedSourceTest.this.read();
        }
    }

    /** Without imperfections: Lambert's W. */
    @Nested
    class Saturated extends Exponential {

        @Override
        protected DegeneratedSource law() {
            return super.law().without("1t1r.saturation").without("1t1r.dibl");
        }

        @Override
        protected boolean stopsWithoutVoltage() {
            return false;
        }
    }

    /** A cell at a temperature of 300 K whose transistor would carry I_0 without a resistor. */
    private static DegeneratedSource ideal(double current) {
        MosTransistor transistor = MosTransistor.builder()
                .specificCurrent(current)
                .nominalTemperature(300)
                .threshold(0.3)
                .build();
        return DegeneratedSource.builder(WINDOW, transistor)
                .inversion(false)
                .saturation(false)
                .build();
    }

    private static double current(DegeneratedSource law, double ohms, double gate, double drain) {
        Row row = new Row(1);
        ArrayCells cells =
                law.bind(law.state(new DMatrixRMaj(1, 1, true, new double[] {1 / ohms})), new Conditions(300, 0));
        row.at(cells, gate, 0, drain);
        return -row.current[0];
    }

    @Test
    void idealCellFollowsLambertsW() {
        double ut = new Conditions(300, 0).thermalVoltage();
        for (double gate : new double[] {0, 0.2, 0.3, 0.4, 0.6}) {
            for (double ohms = 1e3; ohms <= 1e8; ohms *= 3) {
                double unlimited = 1e-6 * Math.exp(0.7 * (gate - 0.3) / ut);
                double expected = ut / ohms * LambertW.principal(ohms * unlimited / ut);
                assertEquals(1, current(ideal(1e-6), ohms, gate, 0.5) / expected, 1e-12, gate + " V, " + ohms);
            }
        }
    }

    @Test
    void currentsAreThoseOfTheTable() {
        double[] ohms = {1e3, 1e4, 1e5, 1e6, 1e7};
        double[] nano = {963, 749, 306, 69.1, 11.5};
        for (int k = 0; k < ohms.length; k++) {
            // Half a unit of the last digit.
            assertEquals(nano[k] * 1e-9, current(ideal(1e-6), ohms[k], 0.3, 0.5), nano[k] > 100 ? 0.5e-9 : 0.05e-9);
        }
        assertEquals(30.6e-9, current(ideal(1e-7), 1e6, 0.3, 0.5), 0.05e-9);
    }

    @Test
    void resistorDividesTheEffectOfTheDrainByOnePlusItsVoltageOverTheThermalOne() {
        // To first order in σ, which the drain-source voltage's own share adds to.
        double ut = new Conditions(300, 0).thermalVoltage();
        double sigma = 1e-5;
        DegeneratedSource law = ideal(1e-6).toBuilder()
                .transistor(MosTransistor.builder()
                        .specificCurrent(1e-6)
                        .nominalTemperature(300)
                        .threshold(0.3)
                        .dibl(sigma)
                        .build())
                .build();
        double undivided = 0.7 * sigma / ut;
        double[][] cases = {{1e4, 0.775}, {1e5, 0.458}};
        for (double[] known : cases) {
            Row row = new Row(1);
            ArrayCells cells = law.bind(
                    law.state(new DMatrixRMaj(1, 1, true, new double[] {1 / known[0]})), new Conditions(300, 0));
            row.at(cells, 0.3, 0, 0.6);
            double reduced = row.slopeColumn[0] / row.current[0] / undivided;
            // g'(V) = V/sqrt(V² + U_t²) is 0.999 at the drain-source voltage here.
            assertEquals(1, reduced * (1 - row.current[0] * known[0] / ut), 2e-3);
            assertEquals(known[1], reduced, 2e-3);
        }
    }

    @Test
    void weakInversionOfTheChargeBasedLawIsTheExponentialOne() {
        DegeneratedSource exact = law().without("1t1r.dibl");
        DegeneratedSource exponential = exact.without("1t1r.inversion");
        for (double gate : new double[] {-0.4, -0.1, 0.1}) {
            for (double ohms : new double[] {1e3, 1e6, 1e8}) {
                double expected = current(exponential, ohms, gate, 0.6);
                double inversion = expected / 10e-6;
                assertEquals(1, current(exact, ohms, gate, 0.6) / expected, 1.1 * inversion + 1e-12);
            }
        }
    }

    @Test
    void currentsOfLargeResistorsGrowWithTheLogarithmOfTheGateDrive() {
        // I R = κ ΔV_G − U_t ln(ratio of currents): the resistor compresses the range.
        double ut = new Conditions(300, 0).thermalVoltage();
        double low = current(ideal(1e-6), 1e8, 0.3, 0.5);
        double high = current(ideal(1e-6), 1e8, 0.5, 0.5);
        assertEquals(0.7 * 0.2, (high - low) * 1e8 + ut * Math.log(high / low), 1e-12);
    }

    @Test
    void presetSpansThirtyfoldCurrentsAndSaysWhatItsUnitIs() {
        DegeneratedSource cell = DegeneratedSource.timeDomain();
        double unit = cell.unitSignal(DriveKind.GATE_VOLTAGE, cell.gate(), cell.drainVoltage(), Conditions.ROOM);
        // Lambert's W, 1 µA raised by DIBL at about 0.67 V across the channel; inversion costs some per cent.
        double ut = Conditions.ROOM.thermalVoltage();
        double unlimited = 1e-6 * Math.exp(0.7 * 0.0194 * (0.67 - ut) / ut);
        double span = ut / 1e5 * LambertW.principal(1e5 * unlimited / ut)
                - ut / 1e7 * LambertW.principal(1e7 * unlimited / ut);
        assertEquals(1, unit / span, 0.03);
        assertTrue(cell.datasheet().entries().stream().noneMatch(e -> e.source().equals("user")));
        assertRefused("kind = INPUT_CURRENT", () -> cell.unitSignal(DriveKind.INPUT_CURRENT, 1, 1, Conditions.ROOM));
        assertRefused("drainVoltage = -1.0", () -> cell.toBuilder().drainVoltage(-1));
    }
}
