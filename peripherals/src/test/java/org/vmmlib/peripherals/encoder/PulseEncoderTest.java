package org.vmmlib.peripherals.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Phase;

class PulseEncoderTest extends EncoderContract {

    @Override
    InputEncoder imperfect() {
        return PulseEncoder.of(
                        PulseDriver.rows(0.2).levelSpread(0.02).jitter(20e-12).build(),
                        4,
                        WordFormat.UNSIGNED,
                        1 * Si.ns)
                .clocked(0.7 * Si.ns);
    }

    /** Time that a row is driven, in seconds times its sign. */
    static double on(DriveSchedule schedule, int vector, int row, double level) {
        double sum = 0;
        for (Phase phase : schedule.phases()) {
            sum += phase.durations()[vector] * phase.drives().get(vector, row) / level;
        }
        return sum;
    }

    @Test
    void aRowIsOnForAsManyUnitsAsItsWordInAFrameOfTheLongest() {
        PulseEncoder encoder = PulseEncoder.of(PulseDriver.rows(0.2).build(), 4, WordFormat.UNSIGNED, 1 * Si.ns);
        Codes codes = words(4, 6, 9);
        DriveSchedule schedule = encoder.on(DIE, 9).encode(codes, 0);
        for (int b = 0; b < 6; b++) {
            assertEquals(16 * Si.ns, schedule.time(b), 1e-22);
            for (int i = 0; i < 9; i++) {
                assertEquals(codes.get(b, i) * Si.ns, on(schedule, b, i, 0.2), 1e-22);
            }
        }
        assertTrue(schedule.phases().size() <= 16, "stretches between at most 2^p edges");
    }

    @Test
    void signAndMagnitudeTurnsTheVoltageRound() {
        PulseEncoder encoder = PulseEncoder.of(PulseDriver.rows(0.2).build(), 4, WordFormat.SIGN_MAGNITUDE, 1 * Si.ns);
        DriveSchedule schedule = encoder.on(DIE, 3).encode(Codes.signed(4, 1, 3, new int[] {-7, 5, 0}), 0);
        assertEquals(-7 * Si.ns, on(schedule, 0, 0, 0.2), 1e-22);
        assertEquals(5 * Si.ns, on(schedule, 0, 1, 0.2), 1e-22);
        assertEquals(0, on(schedule, 0, 2, 0.2));
        assertEquals(8 * Si.ns, schedule.time(0), 1e-22);
        assertThrows(
                IllegalArgumentException.class,
                () -> PulseEncoder.of(PulseDriver.gates(0, 1).build(), 4, WordFormat.SIGN_MAGNITUDE, 1 * Si.ns));
    }

    @Test
    void endsComeOnTheNearestEdgeOfTheClock() {
        PulseEncoder encoder = PulseEncoder.of(PulseDriver.rows(0.2).build(), 4, WordFormat.UNSIGNED, 1 * Si.ns)
                .clocked(0.75 * Si.ns);
        int[] all = new int[16];
        for (int k = 0; k < 16; k++) {
            all[k] = k;
        }
        DriveSchedule schedule = encoder.on(DIE, 16).encode(Codes.unsigned(4, 1, 16, all), 0);
        for (int k = 0; k < 16; k++) {
            double ticks = on(schedule, 0, k, 0.2) / (0.75 * Si.ns);
            assertEquals(Math.rint(ticks), ticks, 1e-9);
            assertEquals(k * Si.ns, on(schedule, 0, k, 0.2), 0.375 * Si.ns * (1 + 1e-9));
        }
    }

    /**
     * The standard deviation of 10,000 draws has a relative standard error of 0.71 %; the bound of 4.3 % is 6 of those, the
     * probability to fail by chance 2e-9. A beginning at 0 that would come early comes at 0: the mean of max(0, z) is
     * 1/sqrt(2π), with a standard error of 0.0058; the bound is 6 of those.
     */
    @Test
    void jitterMovesEachEdgeByADrawOfItsOwn() {
        double sigma = 50e-12;
        int rows = 10_000;
        PulseEncoder encoder =
                PulseEncoder.of(PulseDriver.rows(1).jitter(sigma).build(), 4, WordFormat.UNSIGNED, 1 * Si.ns);
        // Row by row: the schedule of all of them has 20,000 phases.
        double squares = 0;
        double starts = 0;
        InputEncoder.Rows one = encoder.on(DIE, 1);
        for (int k = 0; k < rows; k++) {
            DriveSchedule schedule = one.encode(Codes.unsigned(4, 1, 1, new int[] {9}), k);
            double begin = schedule.phases().get(0).drives().data[0] == 0
                    ? schedule.phases().get(0).durations()[0]
                    : 0;
            double end = begin + on(schedule, 0, 0, 1);
            squares += Math.pow((end - 9 * Si.ns) / sigma, 2);
            starts += begin / sigma;
        }
        assertEquals(1, Math.sqrt(squares / rows), 0.043);
        assertEquals(1 / Math.sqrt(2 * Math.PI), starts / rows, 0.035);
    }
}
