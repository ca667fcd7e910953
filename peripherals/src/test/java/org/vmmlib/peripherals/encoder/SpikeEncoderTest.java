package org.vmmlib.peripherals.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Phase;

class SpikeEncoderTest extends EncoderContract {

    private static final PulseDriver DRIVER = PulseDriver.rows(0.2).build();

    @Override
    InputEncoder imperfect() {
        return SpikeEncoder.rates(
                PulseDriver.rows(0.2).levelSpread(0.02).jitter(1e-10).build(), 4, 1, 5 * Si.ns, 1000 * Si.ns);
    }

    private static int spikes(DriveSchedule schedule, int vector, int row) {
        int count = 0;
        double last = 0;
        for (Phase phase : schedule.phases()) {
            double now = phase.drives().get(vector, row);
            if (phase.durations()[vector] > 0) {
                count += last == 0 && now != 0 ? 1 : 0;
                last = now;
            }
        }
        return count;
    }

    @Test
    void regularRatesGiveSpikesInProportionToTheWord() {
        SpikeEncoder encoder = SpikeEncoder.rates(DRIVER, 3, 4, 2 * Si.ns, 1000 * Si.ns);
        DriveSchedule schedule =
                encoder.on(DIE, 8).encode(Codes.unsigned(3, 1, 8, new int[] {0, 1, 2, 3, 4, 5, 6, 7}), 0);
        for (int code = 0; code < 8; code++) {
            assertEquals(4 * code, spikes(schedule, 0, code));
            assertEquals(4 * code * 2 * Si.ns, PulseEncoderTest.on(schedule, 0, code, 0.2), 1e-20);
        }
        assertEquals(1000 * Si.ns, schedule.time(0), 1e-20);
    }

    /**
     * Counts of 2000 windows at a mean of 40 spikes: with a dead time that takes 8 % of the time, the variance of a count is
     * 40 · 0.92² and the mean's standard error 0.13; the bound is 6 of those and 0.5 for the window's end. Fails by chance with
     * probability below 1e-8.
     */
    @Test
    void randomRatesHaveTheMeanOfTheRegularOnes() {
        SpikeEncoder encoder = SpikeEncoder.randomRates(DRIVER, 3, 8, 2 * Si.ns, 1000 * Si.ns);
        InputEncoder.Rows rows = encoder.on(DIE, 1);
        double sum = 0;
        boolean differ = false;
        int first = spikes(rows.encode(Codes.unsigned(3, 1, 1, new int[] {5}), 0), 0, 0);
        for (int call = 0; call < 2000; call++) {
            int count = spikes(rows.encode(Codes.unsigned(3, 1, 1, new int[] {5}), call), 0, 0);
            sum += count;
            differ |= count != first;
        }
        assertEquals(40, sum / 2000, 6 * 0.13 + 0.5);
        assertTrue(differ);
    }

    @Test
    void explicitTrainsAreDrivenAsTheyAre() {
        Edges trains = SpikeEncoder.spikes(1, 2, new double[][] {{10 * Si.ns, 12 * Si.ns, 40 * Si.ns}, {}}, 5 * Si.ns);
        assertArrayEquals(new double[] {10 * Si.ns, 17 * Si.ns, 40 * Si.ns, 45 * Si.ns}, trains.times(0, 0), 1e-20);
        DriveSchedule schedule =
                SpikeEncoder.trains(DRIVER, 100 * Si.ns).on(DIE, 2).encode(trains, 0);
        assertEquals(2, spikes(schedule, 0, 0));
        assertEquals(12 * Si.ns, PulseEncoderTest.on(schedule, 0, 0, 0.2), 1e-20);
        assertEquals(0, PulseEncoderTest.on(schedule, 0, 1, 0.2));
        assertEquals(100 * Si.ns, schedule.time(0), 1e-20);
    }

    @Test
    void refusesSpikesThatDoNotFitAndSignalsOfAnotherKind() {
        assertThrows(IllegalArgumentException.class, () -> SpikeEncoder.rates(DRIVER, 4, 1, 100 * Si.ns, 1000 * Si.ns));
        InputEncoder.Rows rows = SpikeEncoder.trains(DRIVER, 100 * Si.ns).on(DIE, 1);
        String late = assertThrows(
                        IllegalArgumentException.class,
                        () -> rows.encode(new Edges(1, 1, new double[][] {{0, 2e-7}}), 0))
                .getMessage();
        assertTrue(late.contains("longer window"), late);
        String words = assertThrows(
                        IllegalArgumentException.class, () -> rows.encode(Codes.unsigned(1, 1, 1, new int[1]), 0))
                .getMessage();
        assertTrue(words.contains("Codes") && words.contains("takes edges"), words);
    }
}
