package org.vmmlib.peripherals.neuron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Edges;

class CurrentWaveformTest {

    private static final RandomStream STREAM = RandomStreams.of(6).stream("input", 0);

    private static double at(CurrentWaveform waveform, double time) {
        double end = 0;
        for (int k = 0; k < waveform.pieces(); k++) {
            end += waveform.duration(k);
            if (time < end) {
                return waveform.current(k);
            }
        }
        return Double.NaN;
    }

    @Test
    void overlappingPulsesAdd() {
        CurrentWaveform waveform = CurrentWaveform.pulses(new double[] {1, 1, 2, 9.5}, 2, 3, 10);
        double[] expected = {0, 6, 9, 3, 0, 0, 0, 0, 0};
        for (int k = 0; k < expected.length; k++) {
            assertEquals(expected[k], at(waveform, k + 0.5), "in second " + k);
        }
        assertEquals(3, at(waveform, 9.75));
        assertEquals(10, waveform.time(), 1e-15);
        assertEquals((3 * 2 + 0.5) * 3, waveform.charge(), 1e-14);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e6, 10e6, 49e6, 50e6, 80e6})
    void regularPulsesHaveTheirRate(double rate) {
        CurrentWaveform waveform = CurrentWaveform.regular(rate, 20e-9, 2e-6, 1e-3);
        assertEquals(1e-3 * rate * 40e-15, waveform.charge(), 2 * 40e-15);
        assertEquals(1e-3, waveform.time(), 1e-13);
        assertEquals(2e-6, at(waveform, 0.5 / rate + 10e-9), rate < 50e6 ? 1e-20 : 4e-6);
    }

    /** Mean and spread of the count are those of a Poisson process. The bounds are 5 sigma, missed once in 2e6 seeds. */
    @Test
    void poissonPulsesAreIndependent() {
        double expected = 20_000;
        CurrentWaveform waveform = CurrentWaveform.poisson(10e6, 20e-9, 2e-6, 2e-3, STREAM);
        assertEquals(expected, waveform.charge() / 40e-15, 5 * Math.sqrt(expected));
        double squares = 0;
        int windows = 1000;
        for (int k = 0; k < windows; k++) {
            RandomStream stream = RandomStreams.of(6).stream("window", k);
            double count = CurrentWaveform.poisson(10e6, 1e-12, 1, 2e-6, stream).charge() / 1e-12;
            squares += (count - 20) * (count - 20);
        }
        // variance of the sample variance of a Poisson number of mean 20: (20 + 2 · 20²)/n
        assertEquals(20, squares / windows, 5 * Math.sqrt((20 + 2 * 400.0) / windows));
    }

    @Test
    void edgesOfRowsAddUpWhereTheyAreHigh() {
        Edges rows = new Edges(1, 2, new double[][] {{1, 3, 5, 6}, {2, 4}});
        CurrentWaveform waveform = CurrentWaveform.of(rows, 0, new double[] {1, 10}, 7);
        double[] expected = {0, 1, 11, 10, 0, 1, 0};
        for (int k = 0; k < expected.length; k++) {
            assertEquals(expected[k], at(waveform, k + 0.5));
        }
        assertThrows(IllegalArgumentException.class, () -> CurrentWaveform.of(rows, 0, new double[1], 7));
    }

    @Test
    void refusesWhatIsNoWaveform() {
        assertThrows(IllegalArgumentException.class, () -> CurrentWaveform.of(new double[] {1, 2}, new double[] {1}));
        assertThrows(IllegalArgumentException.class, () -> CurrentWaveform.of(new double[] {-1}, new double[] {1}));
        assertThrows(
                IllegalArgumentException.class, () -> CurrentWaveform.of(new double[] {1}, new double[] {Double.NaN}));
        assertThrows(IllegalArgumentException.class, () -> CurrentWaveform.constant(1, 0));
        assertThrows(IllegalArgumentException.class, () -> CurrentWaveform.pulses(new double[] {2, 1}, 1, 1, 5));
        assertThrows(IllegalArgumentException.class, () -> CurrentWaveform.regular(0, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> CurrentWaveform.regular(1, 0, 1, 1));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> CurrentWaveform.poisson(1e12, 1e-9, 1, 1, STREAM))
                .getMessage();
        assertTrue(message.contains("shorter time"), message);
    }
}
