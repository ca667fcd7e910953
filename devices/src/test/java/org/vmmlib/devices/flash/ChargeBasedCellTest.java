package org.vmmlib.devices.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.analysis.integration.RombergIntegrator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.CellLawContract;

/** The cell with every imperfection, from weak to strong inversion. */
class ChargeBasedCellTest extends CellLawContract {

    @Override
    protected FloatingGateCell law() {
        return FloatingGateCell.chargeBased().dibl(0.03).thresholdDrift(-1e-3).build();
    }

    @Override
    protected double[] voltages() {
        return new double[] {-0.3, -0.1, -0.02, 0, 0.003, 0.01, 0.1, 0.5, 0.8};
    }

    @Override
    protected double[] gates() {
        return new double[] {0, 0.4, 0.65, 0.9, 2};
    }

    /** Weak inversion (inversion coefficient e^-35): where a cell without tuning current is tuned. */
    @Override
    protected Point read() {
        return new Point(-0.5, 0, 0.5);
    }

    @Test
    void currentIsTheIntegralOfTheChargeAlongTheChannel() {
        // Independent of the closed form: I_D = (I_spec/U_t) ∫ q dV from source to drain, 2q + ln q = (V_P − V)/U_t
        // solved by bisection for each point of a Romberg integration.
        FloatingGateCell cell =
                law().toBuilder().kappa(0.72).dibl(0.05).specificCurrent(3e-7).build();
        double ut = Conditions.ROOM.thermalVoltage();
        double[] thresholds = {-0.2, 0, 0.2};
        ArrayCells cells =
                cell.bind(new CellState(cell.planes(), new DMatrixRMaj(1, 3, true, thresholds)), Conditions.ROOM);
        Row row = new Row(3);
        RombergIntegrator romberg = new RombergIntegrator(1e-11, 1e-300, 5, 24);
        for (double gate : new double[] {0.5, 0.75, 1.5}) {
            for (double[] ends : new double[][] {{0, 0.5}, {0.05, 0.07}, {0.3, 0}}) {
                row.at(cells, gate, ends[0], ends[1]);
                double across = ends[1] - ends[0];
                for (int j = 0; j < 3; j++) {
                    double pinchOff = 0.72 * (gate - 0.8 - thresholds[j] + 0.05 * (Math.hypot(across, ut) - ut));
                    double low = Math.min(ends[0], ends[1]);
                    double high = Math.max(ends[0], ends[1]);
                    double integral = romberg.integrate(10_000_000, v -> charge((pinchOff - v) / ut), low, high);
                    double expected = Math.copySign(3e-7 / ut * integral, across);
                    assertEquals(-1, row.current[j] / expected, 1e-8);
                }
            }
        }
    }

    private static double charge(double v) {
        double logQ = new BrentSolver(1e-14, 1e-14).solve(200, x -> 2 * Math.exp(x) + x - v, -200, 10);
        return Math.exp(logQ);
    }

    @Test
    void weakInversionIsTheExponentialLaw() {
        FloatingGateCell ekv = law();
        FloatingGateCell exponential = ekv.without("fg.inversion");
        CellState state = ekv.store(new DMatrixRMaj(1, 2, true, new double[] {1, 0.1}), Conditions.ROOM);
        Row a = new Row(2);
        Row b = new Row(2);
        for (double gate = -1; gate < 0.6; gate += 0.05) {
            a.at(ekv.bind(state, Conditions.ROOM), gate, 0.01, 0.9);
            b.at(exponential.bind(state, Conditions.ROOM), gate, 0.01, 0.9);
            for (int j = 0; j < 2; j++) {
                // At 0.9 V the reverse currents are below 1e-14 of the forward ones.
                double inversion = -b.current[j] / ekv.specificCurrent();
                assertEquals(1 - inversion, a.current[j] / b.current[j], 2 * inversion * inversion + 1e-13);
            }
        }
    }

    @Test
    void drainVoltageRaisesTheCurrentByTheBarrierLowering() {
        // d ln I/dV_D = κσ/U_t in saturation.
        FloatingGateCell cell = law();
        ArrayCells cells =
                cell.bind(cell.store(new DMatrixRMaj(1, 1, true, new double[] {1}), Conditions.ROOM), Conditions.ROOM);
        Row row = new Row(1);
        row.at(cells, 0.2, 0, 0.6);
        double slope = -row.slopeColumn[0] / -row.current[0];
        assertEquals(1, slope / (0.7 * 0.03 / Conditions.ROOM.thermalVoltage()), 2e-3);
    }

    @Test
    void weightsOfUnchangedChargeMoveTowardsOneAsTheCellWarms() {
        // w(T) = w0^(T0/T): tabulated factors from 25 °C to 85 °C and to −20 °C.
        double[] weights = {0.01, 0.1, 0.5, 2};
        double[] hot = {2.163, 1.471, 1.123, 0.890};
        double[] cold = {0.441, 0.664, 0.884, 1.131};
        FloatingGateCell cell =
                FloatingGateCell.exponential().thresholdDrift(-1e-3).build();
        for (int k = 0; k < weights.length; k++) {
            double threshold = cell.threshold(weights[k], Conditions.ROOM);
            assertEquals(weights[k], cell.weight(threshold, Conditions.ROOM), 1e-14);
            assertEquals(hot[k], mirrored(cell, threshold, 358.15) / weights[k], 6e-4);
            assertEquals(cold[k], mirrored(cell, threshold, 253.15) / weights[k], 6e-4);
        }
    }

    /** I_out/I_in of a cell and its reference cell at a temperature. */
    private static double mirrored(FloatingGateCell cell, double threshold, double kelvin) {
        Conditions conditions = Conditions.ROOM.atTemperature(kelvin);
        DMatrixRMaj state = new DMatrixRMaj(1, 1, true, new double[] {threshold});
        Row row = new Row(1);
        double gate = cell.channel(conditions).gate(1e-9, 0.5);
        row.at(cell.bind(new CellState(cell.planes(), state), conditions), gate, 0, 0.5);
        return -row.current[0] / 1e-9;
    }

    @Test
    void specificCurrentFollowsThermalVoltageSquaredAndMobility() {
        FloatingGateCell cell =
                FloatingGateCell.exponential().specificCurrent(1e-6).build();
        Channel hot = cell.channel(Conditions.ROOM.atTemperature(2 * 298.15));
        assertEquals(1e-6 * Math.sqrt(2), hot.specificCurrent(), 1e-20);
    }

    @Test
    void cellsWithATuningCurrentAreExactThere() {
        FloatingGateCell cell =
                law().toBuilder().specificCurrent(1e-6).tuningCurrent(50e-9).build();
        double[] weights = {1, 0.6, 0.1, 1e-3};
        CellState state = cell.store(new DMatrixRMaj(1, 4, true, weights), Conditions.ROOM);
        Row row = new Row(4);
        ArrayCells cells = cell.bind(state, Conditions.ROOM);
        row.at(cells, cell.channel(Conditions.ROOM).gate(50e-9, 0.5), 0, 0.5);
        for (int j = 0; j < 4; j++) {
            // The reverse current is e^(−0.5 V/U_t) = 4e-9 of the forward one, and hardly differs between the two.
            assertEquals(weights[j], -row.current[j] / 50e-9, 1e-9);
            assertEquals(weights[j], cell.weight(state.plane("threshold").data[j], Conditions.ROOM), 1e-12);
        }
        DMatrixRMaj errors = new DMatrixRMaj(1, 4, true, new double[] {0.01, -0.02, 0.05, -0.5});
        Row off = new Row(4);
        off.at(
                cell.bind(cell.deviate(state, errors, Conditions.ROOM), Conditions.ROOM),
                cell.channel(Conditions.ROOM).gate(50e-9, 0.5),
                0,
                0.5);
        for (int j = 0; j < 4; j++) {
            assertEquals(1 + errors.data[j], off.current[j] / row.current[j], 1e-8);
        }
    }

    @Test
    void weakInversionTuningErrorIsAThresholdShiftOfItsLogarithm() {
        FloatingGateCell cell = law();
        CellState target = cell.store(new DMatrixRMaj(1, 1, true, new double[] {0.3}), Conditions.ROOM);
        CellState off = cell.deviate(target, new DMatrixRMaj(1, 1, true, new double[] {0.02}), Conditions.ROOM);
        assertEquals(
                -Conditions.ROOM.thermalVoltage() / 0.7 * Math.log(1.02),
                off.plane("threshold").data[0] - target.plane("threshold").data[0],
                1e-15);
        // The textbook sensitivity: 2.7 % per millivolt at κ = 0.7 and 25 °C.
        assertEquals(0.0272, Math.log(cell.weight(-1e-3, Conditions.ROOM)), 1e-4);
    }

    @Test
    void badParametersAreRefusedByName() {
        FloatingGateCell.Builder builder = FloatingGateCell.exponential();
        assertRefused("kappa = 0.0", () -> builder.kappa(0));
        assertRefused("kappa = 1.01", () -> builder.kappa(1.01));
        assertRefused("specificCurrent = -1.0", () -> builder.specificCurrent(-1));
        assertRefused("low = 0.1", () -> builder.window(0.1, 1));
        assertRefused("high = 0.0", () -> builder.window(-0.1, 0));
        assertRefused("dibl = 1.5", () -> builder.dibl(1.5));
        assertRefused("tuningCurrent = NaN", () -> builder.tuningCurrent(Double.NaN));
        assertRefused("nominalTemperature = 0.0", () -> builder.nominalTemperature(0));
        assertRefused("source = paper", () -> FloatingGateCell.exponential().from("paper"));
        assertRefused("weight = -0.5", () -> builder.build().threshold(-0.5, Conditions.ROOM));
    }

    @Test
    void sourcesShowOnTheDatasheet() {
        FloatingGateCell cell = FloatingGateCell.exponential()
                .kappa(0.6)
                .from("a paper")
                .dibl(0.01)
                .build();
        assertTrue(cell.datasheet().entries().stream()
                .anyMatch(e -> e.value() == 0.6 && e.source().equals("a paper")));
        assertTrue(cell.datasheet().entries().stream()
                .anyMatch(e -> e.value() == 0.01 && e.source().equals("user")));
    }
}
