package org.vmmlib.peripherals.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Phase;

class TwoPhaseEncoderTest extends EncoderContract {

    @Override
    InputEncoder imperfect() {
        return TwoPhaseEncoder.words(
                PulseDriver.gates(0, 1.2).levelSpread(0.01).jitter(1e-11).build(), 4, 15 * Si.ns);
    }

    @Test
    void wordsRiseBeforeTheEndOfTheFirstPhaseAndStay() {
        TwoPhaseEncoder encoder = TwoPhaseEncoder.words(PulseDriver.rows(1).build(), 4, 15 * Si.ns);
        Codes codes = Codes.unsigned(4, 1, 4, new int[] {0, 15, 6, 6});
        DriveSchedule schedule = encoder.on(DIE, 4).encode(codes, 0);
        assertEquals(30 * Si.ns, schedule.time(0), 1e-22);
        for (int i = 0; i < 4; i++) {
            assertEquals((codes.get(0, i) + 15) * Si.ns, PulseEncoderTest.on(schedule, 0, i, 1), 1e-22);
            boolean was = false;
            for (Phase phase : schedule.phases()) {
                boolean is = phase.drives().data[i] > 0;
                assertTrue(is || !was, "a step stays");
                was = is;
            }
        }
        assertEquals(new Coding.TwoPhase(15 * Si.ns), encoder.coding());
    }

    @Test
    void pulsesAreTakenAsTheyAre() {
        TwoPhaseEncoder encoder = TwoPhaseEncoder.pulses(PulseDriver.rows(1).build(), 10 * Si.ns);
        Edges pulses = new Edges(1, 2, new double[][] {{2e-9, 5e-9}, {}});
        DriveSchedule schedule = encoder.on(DIE, 2).encode(pulses, 0);
        assertEquals(13 * Si.ns, PulseEncoderTest.on(schedule, 0, 0, 1), 1e-22);
        assertEquals(10 * Si.ns, PulseEncoderTest.on(schedule, 0, 1, 1), 1e-22);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> encoder.on(DIE, 1).encode(new Edges(1, 1, new double[][] {{0, 2e-8}}), 0))
                .getMessage();
        assertTrue(message.contains("same time"), message);
    }
}
