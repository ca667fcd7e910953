package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.ProgrammedMacro;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.TwoPhaseEncoder;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.integrator.ThresholdReadout;
import org.vmmlib.peripherals.integrator.TwoPhase;
import org.vmmlib.peripherals.integrator.TwoPhaseMapping;
import org.vmmlib.peripherals.sensing.Polarity;

/**
 * A two-phase time-domain multiplier whose cells lose current as the column falls by 0.2 V from 0.7 V: some 2 % at the best
 * bias, up to 10 % at low current, and a precision of about 6 bits (arXiv:1711.10673).
 */
class TimeDomainPrecisionTest {

    private static final double TIME = 63 * Si.ns;
    private static final double SWING = 0.2;
    private static final double RESET = 0.7;
    private static final double ON = 0.65;
    private static final int ROWS = 10;
    private static final int COLUMNS = 10;
    private static final int VECTORS = 20;
    private static final int BITS = 6;

    /** Barrier lowering at which a current falls by a part over 0.2 V: {@code σ = −ln(1 − part) U_t/(κ 0.2 V)}. */
    private static FloatingGateCell cell(double part) {
        double sigma = -Math.log1p(-part) * Conditions.ROOM.thermalVoltage() / (0.7 * SWING);
        return FloatingGateCell.exponential()
                .saturation(true)
                .window(-0.25, 1)
                .dibl(sigma)
                .build();
    }

    private static double current(FloatingGateCell cell, double column) {
        return cell.unitSignal(DriveKind.GATE_VOLTAGE, ON, column, Conditions.ROOM);
    }

    /** Bits p of which all errors are within half an LSB: {@code 2^−p T = 2 max |error|}. */
    private static double bits(FloatingGateCell cell, TwoPhase.Bias bias, double sizingCurrent) {
        RandomStream draw = RandomStreams.of(1).stream("test", 0);
        DMatrixRMaj weights = new DMatrixRMaj(ROWS, COLUMNS);
        for (int k = 0; k < weights.data.length; k++) {
            weights.data[k] = k == 0 ? 1 : draw.uniform(k);
        }
        int[] words = new int[VECTORS * ROWS];
        for (int k = 0; k < words.length; k++) {
            words[k] = draw.below(1 << BITS, 1000 + k);
        }
        Codes codes = Codes.unsigned(BITS, VECTORS, ROWS, words);
        TwoPhase scheme = new TwoPhase(TIME, bias, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
        double c = scheme.capacitance(ROWS, sizingCurrent, SWING);
        ProgrammedMacro macro = Macro.builder()
                .mapping(new TwoPhaseMapping(scheme))
                .encoder(TwoPhaseEncoder.words(PulseDriver.gates(0, ON).build(), BITS, TIME))
                .law(cell)
                .readout(ThresholdReadout.builder(
                                scheme,
                                Integrator.onLine(RESET, Polarity.SOURCE, c).build(),
                                SWING)
                        .build())
                .build()
                .program(weights, Die.of(RandomStreams.of(1)));
        DMatrixRMaj outputs = macro.multiply(codes, 0).outputs();
        DMatrixRMaj ideal = macro.ideal(codes);
        double most = 0;
        for (int k = 0; k < outputs.data.length; k++) {
            most = Math.max(most, Math.abs(outputs.data[k] - ideal.data[k]) / TIME);
        }
        return -Math.log(2 * most) / Math.log(2);
    }

    @Test
    void cellsLoseTheCurrentThatTheyAreMeantTo() {
        for (double part : new double[] {0.02, 0.1}) {
            FloatingGateCell cell = cell(part);
            assertEquals(part, 1 - current(cell, RESET - SWING) / current(cell, RESET), 0.01 * part);
        }
    }

    /**
     * Capacitors sized for the current at reset: the 2 % that is lost by the threshold is an error of about 1 % of full scale.
     * With the bias in both phases the ramp of the second is slower, by up to a factor of two, and the time of the edge as
     * much less certain: at most one bit less.
     */
    @Test
    void precisionIsAboutSixBitsAtTheBestBias() {
        FloatingGateCell cell = cell(0.02);
        double second = bits(cell, TwoPhase.Bias.SECOND_PHASE, current(cell, RESET));
        double both = bits(cell, TwoPhase.Bias.BOTH_PHASES, current(cell, RESET));
        assertEquals(6, second, 0.5);
        assertTrue(both < second && both > second - 1, both + " and " + second);
    }

    @Test
    void precisionRisesWithTheOutputResistanceOfTheCells() {
        for (TwoPhase.Bias bias : TwoPhase.Bias.values()) {
            double last = 0;
            for (double part : new double[] {0.2, 0.1, 0.05, 0.02, 0.01, 0.001}) {
                FloatingGateCell cell = cell(part);
                double bits = bits(cell, bias, current(cell, RESET));
                assertTrue(bits > last + 0.7, bias + ", " + part + ": " + bits + " after " + last);
                last = bits;
            }
        }
    }

    /**
     * Where all cells lose the same part of their current, dV/dt is one function of V times the sum of the currents: the
     * charges still add up exactly, and a capacitor of the right size takes the error away, to the second order.
     */
    @Test
    void aSlopeThatAllCellsShareIsTakenAwayByTheSizeOfTheCapacitors() {
        for (TwoPhase.Bias bias : TwoPhase.Bias.values()) {
            FloatingGateCell cell = cell(0.02);
            double reset = bits(cell, bias, current(cell, RESET));
            double mean = 0.5 * (current(cell, RESET) + current(cell, RESET - SWING));
            assertTrue(bits(cell, bias, mean) > reset + 5, bias.name());
        }
    }
}
