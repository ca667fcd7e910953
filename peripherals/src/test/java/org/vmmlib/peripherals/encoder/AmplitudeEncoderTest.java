package org.vmmlib.peripherals.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.peripherals.dac.CurrentSteeringDac;
import org.vmmlib.peripherals.dac.TransferTables;
import org.vmmlib.peripherals.dac.VoltageDac;

class AmplitudeEncoderTest extends EncoderContract {

    private static final CurrentSteeringDac CURRENT = CurrentSteeringDac.builder(4, 16 * Si.nA)
            .unitMismatch(0.03)
            .outputConductance(1e-10, 1e-6)
            .build();

    private static final VoltageDac VOLTAGE =
            VoltageDac.builder(4, 0.2).unitMismatch(0.03).referenceError(0.01).build();

    @Override
    InputEncoder imperfect() {
        return new AmplitudeEncoder(CURRENT, 50 * Si.ns);
    }

    @Test
    void oneConnectedPhaseHoldsTheLevelsOfTheDac() {
        DriveSchedule schedule =
                new AmplitudeEncoder(CURRENT, 50 * Si.ns).on(DIE, 4).encode(words(4, 3, 4), 0);
        TransferTables tables = CURRENT.on(DIE, 4);
        assertEquals(1, schedule.phases().size());
        assertEquals(50 * Si.ns, schedule.time(2));
        assertTrue(schedule.phases().get(0).rows().allConnected());
        for (int b = 0; b < 3; b++) {
            for (int i = 0; i < 4; i++) {
                assertEquals(
                        tables.level(i, words(4, 3, 4).get(b, i)),
                        schedule.phases().get(0).drives().get(b, i));
            }
        }
    }

    @Test
    void kindIsThatOfTheDac() {
        assertEquals(DriveKind.INPUT_CURRENT, new AmplitudeEncoder(CURRENT, 1e-8).kind());
        assertEquals(DriveKind.ROW_VOLTAGE, new AmplitudeEncoder(VOLTAGE, 1e-8).kind());
    }

    @Test
    void idealAmplitudesAreProportionalToTheWords() {
        DriveSchedule schedule = new AmplitudeEncoder(VoltageDac.builder(4, 0.3).build(), 1e-8)
                .on(DIE, 16)
                .encode(Codes.unsigned(4, 1, 16, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}), 0);
        for (int code = 0; code < 16; code++) {
            assertEquals(0.02 * code, schedule.phases().get(0).drives().get(0, code), 1e-16);
        }
    }

    @Test
    void costIsThatOfTheDacAndThePhaseIsNotAdded() {
        Activity activity = new Activity(3, 4, 1e-7, 1e-14);
        AmplitudeEncoder encoder = new AmplitudeEncoder(CURRENT, 50 * Si.ns);
        assertEquals(CURRENT.cost(activity), encoder.cost(activity));
        assertTrue(encoder.cost(activity).time() < 50 * Si.ns);
    }

    @Test
    void voltageDacKeepsTheContractToo() {
        InputEncoder encoder = new AmplitudeEncoder(VOLTAGE, 1e-8);
        assertEquals(2, encoder.imperfections().size());
        assertEquals(
                0,
                encoder.without(VoltageDac.UNIT_MISMATCH)
                        .without(VoltageDac.REFERENCE)
                        .imperfections()
                        .size());
    }

    @Test
    void refusesAPhaseWithoutDuration() {
        String message = assertThrows(IllegalArgumentException.class, () -> new AmplitudeEncoder(CURRENT, 0))
                .getMessage();
        assertEquals("duration = 0.0: must be a finite number > 0", message);
    }
}
