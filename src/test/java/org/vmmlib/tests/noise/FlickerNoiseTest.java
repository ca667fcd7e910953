package org.vmmlib.tests.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.FlickerSpectrum;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.devices.reram.SinhReram;
import org.vmmlib.noise.FlickerNoise;

class FlickerNoiseTest {

    private static final LinearReram LAW = new LinearReram(ConductanceWindow.of(0, 1e-4));
    private static final FlickerSpectrum SPECTRUM = new FlickerSpectrum(1e-6, 1e-2, 1e6);
    private static final Lines WIRES = Lines.builder(2, 3)
            .rowResistance(300)
            .columnResistance(200)
            .sourceResistance(1000)
            .build();

    private static NoisyReads reads(Lines lines) {
        return NoisyReads.of(LAW, state(lines), lines, 0);
    }

    private static CellState state(Lines lines) {
        DMatrixRMaj weights = new DMatrixRMaj(lines.rows(), lines.columns());
        for (int k = 0; k < weights.data.length; k++) {
            weights.data[k] = (1 + k % 7) / 7.0;
        }
        return LAW.store(weights, Conditions.ROOM);
    }

    /** Phase at a time within each vector. */
    private static DMatrixRMaj at(NoisyReads reads, Effect.OnRead effect, DMatrixRMaj drives, double start, long call) {
        double[] starts = new double[drives.numRows];
        Arrays.fill(starts, start);
        return reads.added(effect, drives, new double[drives.numRows], new Effect.Moment(1, starts, call));
    }

    @Test
    void spectrumIsKOverFBetweenItsCornersAndAddsUpToItsVariance() {
        assertEquals(1, SPECTRUM.density(100) / (1e-6 / 100), 1e-3);
        assertEquals(1, SPECTRUM.density(1e-4) / SPECTRUM.density(1e-5), 1e-3);
        assertEquals(100, SPECTRUM.density(1e8) / SPECTRUM.density(1e9), 0.1);
        double sum = 0;
        double step = 1e-3;
        for (double x = Math.log(1e-9); x < Math.log(1e13); x += step) {
            sum += SPECTRUM.density(Math.exp(x)) * Math.exp(x) * step;
        }
        assertEquals(1, sum / SPECTRUM.relativeVariance(), 1e-4);
        assertEquals(1e-6 * Math.log(1e8), SPECTRUM.relativeVariance(), 1e-18);
        assertEquals(27.0 * 27 * 1e-10, FlickerSpectrum.ofGate(1e-10, 27, 1, 2).coefficient(), 1e-20);
    }

    /** K ln(f₂/f₁) Σ I²; six standard deviations of a variance of 20,000 numbers. */
    @Test
    void varianceOfAColumnIsThatOfItsSquaredCurrents() {
        int vectors = 20_000;
        NoisyReads reads = reads(Lines.ideal(2, 3));
        double[] g = state(Lines.ideal(2, 3)).plane("conductance").data;
        for (FlickerNoise effect : new FlickerNoise[] {
            FlickerNoise.of(SPECTRUM), FlickerNoise.of(SPECTRUM).ofEachCell()
        }) {
            DMatrixRMaj noise = at(reads, effect, NoisyReads.repeated(vectors, 0.1, 0.3), 5e-6, 0);
            for (int j = 0; j < 3; j++) {
                double[] column = NoisyReads.column(noise, j);
                double squares = Math.pow(0.1 * g[j], 2) + Math.pow(0.3 * g[3 + j], 2);
                double expected = SPECTRUM.relativeVariance() * squares;
                assertEquals(1, NoisyReads.covariance(column, column) / expected, 6 * Math.sqrt(2.0 / vectors));
            }
        }
    }

    /** The same behind lines, where a cell's current and response are both less: against draws of each cell. */
    @Test
    void linesLetOutLess() {
        int vectors = 20_000;
        DMatrixRMaj drives = NoisyReads.repeated(vectors, 0.1, 0.3);
        DMatrixRMaj ofColumns = at(reads(WIRES), FlickerNoise.of(SPECTRUM), drives, 0, 0);
        DMatrixRMaj ofCells = at(reads(WIRES), FlickerNoise.of(SPECTRUM).ofEachCell(), drives, 0, 0);
        DMatrixRMaj ideal = at(reads(Lines.ideal(2, 3)), FlickerNoise.of(SPECTRUM), drives, 0, 0);
        for (int j = 0; j < 3; j++) {
            double a = NoisyReads.covariance(NoisyReads.column(ofColumns, j), NoisyReads.column(ofColumns, j));
            double b = NoisyReads.covariance(NoisyReads.column(ofCells, j), NoisyReads.column(ofCells, j));
            double c = NoisyReads.covariance(NoisyReads.column(ideal, j), NoisyReads.column(ideal, j));
            assertEquals(1, a / b, 6 * Math.sqrt(4.0 / vectors));
            assertTrue(a < 0.9 * c);
        }
    }

    @Test
    void nonlinearCellsHaveThatOfTheirCurrents() {
        SinhReram law = new SinhReram(ConductanceWindow.of(0, 1e-4), 4);
        CellState state = law.store(new DMatrixRMaj(1, 1, true, new double[] {1}), Conditions.ROOM);
        NoisyReads sinh = NoisyReads.of(law, state, Lines.ideal(1, 1), 0.1);
        double strong = at(sinh, FlickerNoise.of(SPECTRUM), NoisyReads.repeated(1, 0.6), 0, 3).data[0];
        double weak = at(sinh, FlickerNoise.of(SPECTRUM), NoisyReads.repeated(1, 0.2), 0, 3).data[0];
        assertEquals(Math.sinh(2.0) / Math.sinh(0.4), strong / weak, 1e-9);
    }

    /**
     * Averaged periodograms (Hann window) of 256 columns of 8192 reads, 1 µs apart, between 1 and 100 kHz, corners at 1 Hz
     * and 10 MHz: 40 bands of at least 256 · 5 independent estimates, of which 22 % is eight standard deviations. The slope
     * has a standard deviation of about 0.01; it was −0.9993 for 1536 columns.
     */
    @Test
    void densityFallsInProportionToFrequency() {
        int columns = 256;
        int count = 8192;
        double period = 1e-6;
        FlickerSpectrum spectrum = new FlickerSpectrum(1e-6, 1, 1e7);
        FlickerNoise effect = FlickerNoise.of(spectrum).every(period);
        Lines lines = Lines.ideal(1, columns);
        DMatrixRMaj weights = new DMatrixRMaj(1, columns);
        weights.fill(1);
        NoisyReads reads = NoisyReads.of(LAW, LAW.store(weights, Conditions.ROOM), lines, 0);
        DMatrixRMaj noise = at(reads, effect, NoisyReads.repeated(count, 1.0), 0, 1_000);
        double[] power = new double[count];
        double windowPower = 0;
        FastFourierTransformer fft = new FastFourierTransformer(DftNormalization.STANDARD);
        double[] window = new double[count];
        for (int k = 0; k < count; k++) {
            window[k] = 0.5 - 0.5 * Math.cos(2 * Math.PI * k / count);
            windowPower += window[k] * window[k];
        }
        for (int j = 0; j < columns; j++) {
            double[] x = NoisyReads.column(noise, j);
            for (int k = 0; k < count; k++) {
                x[k] *= window[k] / 1e-4;
            }
            Complex[] bins = fft.transform(x, TransformType.FORWARD);
            for (int k = 0; k < count; k++) {
                power[k] += 2 * period * Math.pow(bins[k].abs(), 2) / windowPower / columns;
            }
        }
        double sxy = 0;
        double sxx = 0;
        double sx = 0;
        double sy = 0;
        int bands = 0;
        for (double low = 1e3; low < 0.9e5; low *= Math.pow(10, 0.05)) {
            int from = (int) Math.round(low * count * period);
            int to = Math.max(from + 8, (int) Math.round(low * Math.pow(10, 0.05) * count * period));
            double ratio = 0;
            double centre = 0;
            for (int k = from; k < to; k++) {
                double f = k / (count * period);
                ratio += power[k] / sampled(spectrum, f, 1 / period) / (to - from);
                centre += Math.log(f) / (to - from);
            }
            double y = Math.log(ratio) - centre;
            assertEquals(1, ratio, 0.22, "at " + low + " Hz");
            sx += centre;
            sy += y;
            sxx += centre * centre;
            sxy += centre * y;
            bands++;
        }
        double slope = (bands * sxy - sx * sy) / (bands * sxx - sx * sx);
        assertEquals(-1, slope, 0.06);
    }

    /** Density of samples taken at a rate: that of all frequencies that they cannot tell apart. */
    private static double sampled(FlickerSpectrum spectrum, double frequency, double rate) {
        double sum = spectrum.density(frequency);
        for (int m = 1; m < 1000; m++) {
            sum += spectrum.density(m * rate - frequency) + spectrum.density(m * rate + frequency);
        }
        return sum;
    }

    @Test
    void timesMayBeAskedForInAnyOrder() {
        NoisyReads reads = reads(Lines.ideal(2, 3));
        FlickerNoise effect = FlickerNoise.of(SPECTRUM).every(1e-3);
        DMatrixRMaj whole = at(reads, effect, NoisyReads.repeated(5, 0.1, 0.3), 2e-4, 100);
        DMatrixRMaj last = at(reads, effect, NoisyReads.repeated(1, 0.1, 0.3), 2e-4, 104);
        at(reads, effect, NoisyReads.repeated(1, 0.1, 0.3), 0, 3);
        DMatrixRMaj again = at(reads, effect, NoisyReads.repeated(1, 0.1, 0.3), 2e-4, 104);
        for (int j = 0; j < 3; j++) {
            assertEquals(whole.get(4, j), last.get(0, j));
        }
        assertArrayEquals(last.data, again.data);
    }

    /**
     * Reads 1 ms apart see alike what is slower, the mean of exp(−2πfΔt) over the logarithms of the corners f. Vectors that
     * stand alone are independent. Six standard deviations of a correlation of 20,000 pairs.
     */
    @Test
    void phasesOfAVectorSeeOneProcessAndVectorsTheirOwn() {
        int vectors = 20_000;
        NoisyReads reads = reads(Lines.ideal(2, 3));
        DMatrixRMaj drives = NoisyReads.repeated(vectors, 0.1, 0.3);
        FlickerNoise effect = FlickerNoise.of(SPECTRUM);
        double[] first = NoisyReads.column(at(reads, effect, drives, 0, 0), 0);
        double[] second = NoisyReads.column(at(reads, effect, drives, 1e-3, 0), 0);
        double[] next = NoisyReads.column(at(reads, effect, drives, 1e-3, 1), 0);
        double expected = 0;
        int steps = 100_000;
        for (int k = 0; k < steps; k++) {
            double corner = 1e-2 * Math.pow(1e8, (k + 0.5) / steps);
            expected += Math.exp(-2 * Math.PI * corner * 1e-3) / steps;
        }
        double variance = NoisyReads.covariance(first, first);
        double bound = 6 / Math.sqrt(vectors);
        assertEquals(expected, NoisyReads.covariance(first, second) / variance, bound);
        assertEquals(0, NoisyReads.covariance(first, next) / variance, bound);
    }

    @Test
    void impossibleSpectraAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new FlickerSpectrum(-1e-9, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> new FlickerSpectrum(1e-9, 0, 2));
        assertThrows(IllegalArgumentException.class, () -> new FlickerSpectrum(1e-9, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> new FlickerSpectrum(1e-9, Double.NaN, 2));
        assertThrows(
                IllegalArgumentException.class, () -> FlickerNoise.of(SPECTRUM).every(0));
    }
}
