package org.vmmlib.peripherals.integrator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.core.signal.Phase;
import org.vmmlib.peripherals.encoder.DigitEncoder;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.PulseEncoder;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.sensing.Polarity;

/**
 * Where a circuit draws all its charge from one supply, the array and the readout together dissipate {@code V_DD Q}, whatever
 * happens on the way: on a line that falls, behind a virtual ground, shared or not. The static bias comes on top, I V t, and what
 * is switched at each use, C V².
 */
class IntegrationEnergyTest {

    private static final Die DIE = Die.of(RandomStreams.of(5));
    private static final double C = 100 * Si.fF;
    private static final double RESET = 0.7;
    private static final double SUPPLY = 1.2;
    private static final double PHASE = 10 * Si.ns;
    private static final double BIAS = 5 * Si.uA;

    /** Two columns and two vectors of equal charge. */
    private static final double[][] CELLS = {{0.5e-6, 0.5e-6}};

    private static Integrator line() {
        return Integrator.onLine(RESET, Polarity.SOURCE, C).supply(SUPPLY).build();
    }

    private static Integrator ground() {
        return Integrator.virtualGround(RESET, Polarity.SOURCE, C)
                .supply(SUPPLY)
                .biasCurrent(BIAS)
                .build();
    }

    private static double time(DriveSchedule schedule) {
        double time = 0;
        for (Phase phase : schedule.phases()) {
            for (double d : phase.durations()) {
                time += d;
            }
        }
        return time;
    }

    /** What array and readout dissipate over {@code V_DD Q}. */
    private static double balance(Readout readout, DriveSchedule schedule, DoubleUnaryOperator h, double charge) {
        Readout.Session session = readout.on(DIE, 2, Conditions.ROOM).begin(2, 0);
        ScheduledArray array = new ScheduledArray(CELLS, h, false);
        array.run(schedule, session);
        session.finish(new Saturation());
        double cost = readout.cost(new Activity(2, 2, time(schedule), charge)).energy();
        return (array.energy() + cost) / (SUPPLY * charge);
    }

    @Test
    void aFallingLineTakesWhatTheSupplyGives() {
        PulseEncoder encoder = PulseEncoder.of(PulseDriver.rows(1).build(), 4, WordFormat.UNSIGNED, 2 * Si.ns);
        DriveSchedule schedule = encoder.on(DIE, 1).encode(Codes.unsigned(4, 2, 1, new int[] {13, 13}), 0);
        // The level is the charge over C, whatever the cells made of the falling voltage.
        Readout.Session session = line().on(DIE, 2, Conditions.ROOM).begin(2, 0);
        new ScheduledArray(CELLS, v -> 0.5 + v, false).run(schedule, session);
        double level = ((Levels) session.finish(new Saturation())).values().data[0];
        assertEquals(1, balance(line(), schedule, v -> 0.5 + v, 4 * C * level), 1e-8);
    }

    /** Digits of equal charge, of cells whose current does not depend on the line. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sharesAndResetsOnALineDissipateWhatWasOnTheCapacitors(boolean last) {
        for (int bits : new int[] {1, 4, 8}) {
            DigitEncoder encoder = DigitEncoder.bits(PulseDriver.rows(1).build(), bits, WordFormat.UNSIGNED, PHASE);
            SuccessiveRescaling sir = SuccessiveRescaling.builder(line(), (Coding.Digits) encoder.coding())
                    .shareAfterLast(last)
                    .switchEnergy(0)
                    .build();
            int all = (1 << bits) - 1;
            DriveSchedule schedule = encoder.on(DIE, 1).encode(Codes.unsigned(bits, 2, 1, new int[] {all, all}), 0);
            double charge = 4 * bits * CELLS[0][0] * PHASE;
            assertEquals(1, balance(sir, schedule, v -> 1, charge), 1e-8, bits + " bits");
        }
    }

    /** The column stands at V_0, the array takes V_0 Q, and amplifier and reset the rest. */
    @Test
    void behindAVirtualGroundTheResetIsPartOfTheSupplysCharge() {
        double charge = 40e-15;
        double time = 200 * Si.ns;
        double energy = ground().cost(new Activity(3, 2, time, charge)).energy();
        assertEquals((SUPPLY - RESET) * charge + SUPPLY * BIAS * 2 * time, energy, 1e-12 * energy);
        DigitEncoder encoder = DigitEncoder.bits(PulseDriver.rows(1).build(), 6, WordFormat.UNSIGNED, PHASE);
        SuccessiveRescaling sir = SuccessiveRescaling.builder(ground(), (Coding.Digits) encoder.coding())
                .switchEnergy(3e-15)
                .build();
        double rescaled = sir.cost(new Activity(3, 2, time, charge)).energy();
        assertEquals(energy + 3 * 2 * 6 * 3e-15, rescaled, 1e-12 * energy);
    }

    /** A latch is set once for each vector and column. */
    @Test
    void aTwoPhaseReadoutPaysItsLineAndItsLatches() {
        TwoPhase scheme =
                new TwoPhase(PHASE, TwoPhase.Bias.BOTH_PHASES, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
        double latch = 5 * Si.fF * SUPPLY * SUPPLY;
        ThresholdReadout readout =
                ThresholdReadout.builder(scheme, line(), 0.2).latchEnergy(latch).build();
        // C ΔV from each of 6 lines that has reached its threshold.
        double charge = 6 * C * 0.2;
        double expected = (SUPPLY - RESET) * charge + 6 * (0.5 * C * 0.2 * 0.2) + 6 * latch;
        assertEquals(
                expected,
                readout.cost(new Activity(3, 2, 2 * 3 * PHASE, charge)).energy(),
                1e-12 * expected);
    }
}
